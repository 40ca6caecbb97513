using System.Text;
using Proximal.Analysis.Health;
using Proximal.Runs;

namespace Proximal.Analysis.Tests.Health;

/// <summary><c>docs/doctor.md</c> says what the rules say. <c>PROXIMAL_UPDATE_DOCS=1 dotnet test</c> writes its table anew.</summary>
public sealed class DoctorPageTests
{
    private const string Begin = "<!-- rules -->\n", End = "<!-- end of rules -->";

    [Fact]
    public void The_table_of_rules_is_current()
    {
        string path = Path.Combine(Root(), "docs", "doctor.md"), text = File.ReadAllText(path);
        int begin = text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, end = text.IndexOf(End, StringComparison.Ordinal);
        string filled = text[..begin] + Table() + text[end..];
        if (Environment.GetEnvironmentVariable("PROXIMAL_UPDATE_DOCS") == "1")
        {
            File.WriteAllText(path, filled);
            return;
        }

        Assert.Equal(filled, text);
    }

    [Fact]
    public void A_run_in_a_folder_is_examined()
    {
        string folder = Directory.CreateTempSubdirectory("proximal-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "recipe.yaml"), "name: x\n");
            File.WriteAllLines(Path.Combine(folder, "metrics.jsonl"), Enumerable.Range(1, 20).Select(step => FormattableString.Invariant($"{{\"stage\":\"policy\",\"step\":{step},\"clip/fraction\":0.5}}")));
            List<string> told = [];

            RunReader run = new(new RunFolder(folder));
            foreach (Finding finding in Doctor.Examine(run))
            {
                told.Add($"{finding.Severity}: {finding.Title}. {finding.Evidence} Try: {finding.Advice[0]}.");
            }

            Assert.StartsWith("Warning: Clipping is saturated. 50% of the tokens", Assert.Single(told), StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Table()
    {
        StringBuilder table = new("| rule | finds | when |\n|---|---|---|\n");
        foreach (IHealthRule rule in Doctor.Rules)
        {
            table.Append("| `").Append(rule.Id).Append("` | ").Append(rule.Title).Append(" | ").Append(rule.Criterion).Append(" |\n");
        }

        return table.ToString();
    }

    private static string Root()
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Proximal.slnx")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return folder;
    }
}
