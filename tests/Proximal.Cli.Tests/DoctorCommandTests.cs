using System.Globalization;
using System.Text.Json;

namespace Proximal.Cli.Tests;

/// <summary><c>proximal doctor</c> on a run that trained, and on runs that were made ill by hand.</summary>
public sealed class DoctorCommandTests(TrainedRun run) : IClassFixture<TrainedRun>, IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void A_run_of_few_steps_is_too_short_to_tell() =>
        Assert.Contains("  4 steps of policy optimization, too few to tell: 20 at least", CommandLine.Run("doctor", run.Folder).Succeeded().Lines);

    [Fact]
    public void A_healthy_run_is_told_so_and_exits_with_zero() =>
        Assert.Contains("  healthy: 40 steps, 14 rules, no findings", CommandLine.Run("doctor", Ill("healthy", clipped: 0.1)).Succeeded().Lines);

    [Fact]
    public void Findings_come_with_evidence_and_advice_within_eighty_columns_and_exit_with_three()
    {
        CommandResult result = CommandLine.Run("doctor", Ill("clipped", clipped: 0.5));

        Assert.Equal(ExitCode.Findings, result.ExitCode);
        Assert.Contains("  warning: Clipping is saturated (clip-saturation), steps 5 to 40", result.Lines);
        Assert.Contains("    50% of the tokens of the last steps were clipped (50% at the beginning).", result.Lines);
        Assert.Contains("    Try:", result.Lines);
        Assert.All(result.Lines.Skip(1), line => Assert.InRange(line.Length, 0, 80));
    }

    [Fact]
    public void A_folder_of_runs_is_examined_run_by_run_in_json()
    {
        Ill("a", clipped: 0.1);
        Ill("b", clipped: 0.9);

        CommandResult result = CommandLine.Run("doctor", folder.Path, "--json");

        Assert.Equal(ExitCode.Findings, result.ExitCode);
        JsonElement[] runs = [.. result.Json.EnumerateArray()];
        Assert.Equal([0, 1], runs.Select(one => one.GetProperty("findings").GetArrayLength()));
        JsonElement finding = runs[1].GetProperty("findings")[0];
        Assert.Equal(("clip-saturation", "critical", 5, 40), (finding.GetProperty("rule").GetString(), finding.GetProperty("severity").GetString(), finding.GetProperty("first-step").GetInt32(), finding.GetProperty("last-step").GetInt32()));
        Assert.Equal(0.9, finding.GetProperty("numbers").GetProperty("share at the end").GetDouble(), 1e-9);
        Assert.True(finding.GetProperty("advice").GetArrayLength() > 0);
    }

    [Fact]
    public void Hostile_rollouts_are_shown_as_text()
    {
        string place = Ill("hostile", clipped: 0.1, truncated: 0.3);
        Directory.CreateDirectory(Path.Combine(place, "rollouts"));
        File.WriteAllText(
            Path.Combine(place, "rollouts", "step-00000040.jsonl"),
            """{"format":1,"step":40,"group":0,"prompt":"p","expected":"","family":"","difficulty":0,"rollouts":1,"segments":[{"parent":-1,"origin":"prompt","end":"open","ids":[1],"texts":["p"]}],"paths":[{"leaf":0,"end":"truncated","correct":false,"score":0,"reward":0,"terms":{},"counters":{},"response":"\u001b[31m\u202e<script>\n\u0007","foreign":false,"columns":{}}]}""" + "\n");

        CommandResult result = CommandLine.Run("doctor", place);

        Assert.Contains(result.Lines, line => line.StartsWith("      step 40, prompt 0, rollout 0: ", StringComparison.Ordinal) && line.Contains("<script>", StringComparison.Ordinal));
        Assert.DoesNotContain('\e', result.Output);
        Assert.DoesNotContain('\u202e', result.Output);
        Assert.DoesNotContain('\a', result.Output);
    }

    [Fact]
    public void Damaged_metrics_are_told_with_file_and_line()
    {
        string place = Ill("damaged", clipped: 0.1);
        File.AppendAllText(Path.Combine(place, "metrics.jsonl"), "{\n{}\n");

        CommandResult result = CommandLine.Run("doctor", place);

        Assert.NotEqual(ExitCode.Success, result.ExitCode);
        Assert.Contains("metrics.jsonl:41: ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_without_runs_is_bad_input() => CommandLine.Run("doctor", folder.Path).Failed(ExitCode.BadInput, $"proximal: {folder.Path}: no run lies here", "help: `proximal train RECIPE` makes one");

    [Fact]
    public void A_finding_is_told_once_while_the_run_trains()
    {
        // A learning rate that no policy survives: the ratios of the second pass over a batch leave every bound.
        string recipe = folder.File("wild.yaml");
        File.WriteAllText(recipe, TrainedRun.Recipe.Replace("steps: 4", "steps: 30, epochs: 3, optimizer: { name: adamw, learning-rate: 0.3 }", StringComparison.Ordinal));

        JsonElement[] findings =
        [
            .. CommandLine.Run("train", recipe, "--run", folder.File("wild"), "--json").Succeeded().JsonLines
                .Where(one => one.GetProperty("event").GetString() == "finding"),
        ];

        Assert.NotEmpty(findings);
        Assert.Equal(findings.Length, findings.Select(finding => (finding.GetProperty("rule").GetString(), finding.GetProperty("severity").GetString())).Distinct().Count());

        string plain = CommandLine.Run("train", recipe, "--run", folder.File("plain")).Succeeded().Output;
        Assert.Contains($"({findings[0].GetProperty("rule").GetString()}). ", plain, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();

    /// <summary>A run of forty steps, of which only the metrics are there.</summary>
    private string Ill(string name, double clipped, double truncated = 0)
    {
        string place = folder.File(name);
        Directory.CreateDirectory(place);
        File.WriteAllText(Path.Combine(place, "recipe.yaml"), "name: x\n");
        File.WriteAllLines(
            Path.Combine(place, "metrics.jsonl"),
            Enumerable.Range(1, 40).Select(step => string.Create(CultureInfo.InvariantCulture, $"{{\"stage\":\"policy\",\"step\":{step},\"clip/fraction\":{clipped},\"response/truncated\":{truncated}}}")));
        return place;
    }
}
