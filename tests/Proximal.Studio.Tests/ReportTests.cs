using System.Text.Json;
using System.Text.RegularExpressions;

namespace Proximal.Studio.Tests;

public sealed partial class ReportTests
{
    [Fact]
    public void A_report_is_one_file_that_holds_everything_escaped()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory();
        new TestRun(folder.FullName, "a").Metrics(5_000, step => step == 777 ? 99 : 0.5).Rollouts(3, "<script>alert(1)</script>", ["</script>", "<!--"], ["ok"]);
        new TestRun(folder.FullName, "b", seed: 2).Metrics(10, _ => 1);
        string html = StudioReport.Create([folder.FullName]);
        Assert.DoesNotContain("alert(1)</script>", html, StringComparison.Ordinal);
        Assert.Equal(3, Script().Count(html));
        Assert.DoesNotMatch(External(), html);
        using JsonDocument data = JsonDocument.Parse(Data().Match(html).Groups["json"].Value);
        JsonElement runs = data.RootElement.GetProperty("runs");
        Assert.Equal(["a", "b"], runs.EnumerateArray().Select(run => run.GetProperty("row").GetProperty("id").GetString()));
        JsonElement curve = runs[0].GetProperty("curves").GetProperty("reward/mean");
        Assert.InRange(curve.GetProperty("y").GetArrayLength(), 10, 600);
        Assert.Contains(99, curve.GetProperty("y").EnumerateArray().Select(y => y.GetDouble()));
        Assert.Equal(curve.GetProperty("y").GetArrayLength(), curve.GetProperty("time").GetArrayLength());
        Assert.Equal("</script>", runs[0].GetProperty("rollouts").GetProperty("3").GetProperty("trees")[0].GetProperty("segments")[1].GetProperty("texts")[0].GetString());
        Assert.Equal("policy.objective", runs[1].GetProperty("keys").EnumerateObject().Select(key => key.Name).First(name => name.EndsWith("objective", StringComparison.Ordinal)));
        folder.Delete(recursive: true);
    }

    [Fact]
    public void The_size_of_a_report_is_bounded()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory();
        string[] large = [.. Enumerable.Repeat(new string('x', 1_000), 2_000)];
        for (int i = 0; i < 4; i++)
        {
            new TestRun(folder.FullName, FormattableString.Invariant($"run-{i}")).Metrics(2_000, step => step).Rollouts(1, "p", ["small"]).Rollouts(2, "p", large, large);
        }

        Assert.InRange(StudioReport.Create([folder.FullName]).Length, 100_000, 4_000_000);
        folder.Delete(recursive: true);
    }

    [Fact]
    public void A_folder_without_runs_is_told_so()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory();
        Assert.Throws<InvalidDataException>(() => StudioReport.Create([folder.FullName]));
        folder.Delete();
        Assert.Throws<DirectoryNotFoundException>(() => StudioReport.Create([folder.FullName]));
    }

    [GeneratedRegex("<script")]
    private static partial Regex Script();

    [GeneratedRegex(@"(?:src|href)=""(?!data:|#)[^""]*""")]
    private static partial Regex External();

    [GeneratedRegex("<script type=\"application/json\" id=\"report-data\">(?<json>.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex Data();
}
