using System.Text.Json;

namespace Proximal.Cli.Tests;

public sealed class CompareCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly string recipe;

    public CompareCommandTests()
    {
        recipe = folder.File("tiny.yaml");
        File.WriteAllText(recipe, TrainedRun.Recipe);
    }

    private string Out => folder.File("out");

    [Fact]
    public void Two_variants_with_two_seeds_end_in_a_table_and_a_report()
    {
        CommandResult result = CommandLine.Run("compare", recipe, "--vary", "rloo", "--seeds", "1-2", "--out", Out).Succeeded();

        Assert.All(result.Lines, line => Assert.True(line.Length <= 80, line));
        Assert.Contains("rloo-1: begins with the supervised stage of tiny-1", result.Output, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^tiny +\d\.\d{3} \[\d\.\d{3}, \d\.\d{3}\] +\d\.\d{3} +baseline +[\d.]+k? +\S+ s +2$", result.Output);
        Assert.Contains("With two seeds the intervals mean little", result.Output, StringComparison.Ordinal);
        Assert.Equal(["rloo-1", "rloo-2", "tiny-1", "tiny-2"], Directory.EnumerateDirectories(Out).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.All((string[])["report.html", "report.md", "report.csv", "runs.csv"], file => Assert.True(File.Exists(Path.Combine(Out, file)), file));
        string page = File.ReadAllText(Path.Combine(Out, "report.html"));
        Assert.Contains("policy.objective: grpo → rloo", System.Net.WebUtility.HtmlDecode(page), StringComparison.Ordinal);
    }

    [Fact]
    public void The_numbers_of_the_report_are_those_of_the_runs()
    {
        JsonElement report = CommandLine.Run("compare", recipe, "--vary", "rloo", "--seeds", "1-2", "--out", Out, "--json").Succeeded().JsonLines[^1];

        Assert.Equal("report", report.GetProperty("event").GetString());
        foreach (JsonElement method in report.GetProperty("methods").EnumerateArray())
        {
            string name = method.GetProperty("method").GetString()!;
            double[] exact = [.. Enumerable.Range(1, 2).Select(seed => Last($"{name}-{seed}", "evaluation/exact"))];
            double[] tokens = [.. Enumerable.Range(1, 2).Select(seed => Sum($"{name}-{seed}", "cost/sampled-tokens"))];
            Assert.Equal(exact.Average(), method.GetProperty("mean").GetProperty("value").GetDouble(), 12);
            Assert.Equal(tokens.Average(), method.GetProperty("sampled-tokens").GetDouble(), 9);
            Assert.Equal(exact.Min(), method.GetProperty("mean").GetProperty("lower").GetDouble(), 12);
        }
    }

    [Fact]
    public void A_comparison_that_was_stopped_goes_on_and_ends_as_an_undisturbed_one()
    {
        string[] arguments = ["compare", recipe, "--vary", "rloo", "--seeds", "1-2", "--jobs", "1"];
        CommandLine.Run([.. arguments, "--out", folder.File("whole"), "--quiet"]).Succeeded();

        CommandResult stopped = CommandLine.RunUntil("rloo-1: policy", [.. arguments, "--out", Out]);
        Assert.Equal(ExitCode.Interrupted, stopped.ExitCode);
        Assert.Contains("Stopped; 1 of 4 runs are finished", stopped.Output, StringComparison.Ordinal);
        Assert.Contains("Continue:  proximal compare ", stopped.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(Out, "report.html")));

        CommandResult rest = CommandLine.Run([.. arguments, "--out", Out]).Succeeded();
        Assert.Contains("tiny-1: finished before", rest.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("tiny-1: begins", rest.Output, StringComparison.Ordinal);
        foreach (string run in (string[])["tiny-1", "tiny-2", "rloo-1", "rloo-2"])
        {
            string weights = Path.Combine(run, "model", "model.safetensors");
            Assert.Equal(File.ReadAllBytes(Path.Combine(folder.File("whole"), weights)), File.ReadAllBytes(Path.Combine(Out, weights)));
        }
    }

    [Fact]
    public void A_study_can_be_compared_and_the_line_changes_all_of_it()
    {
        File.WriteAllText(folder.File("study.yaml"), "recipe: tiny.yaml\nvariants: [ base, { name: wide, set: { model.width: 24 } } ]\n");

        CommandResult result = CommandLine.Run("compare", folder.File("study.yaml"), "--seeds", "4", "--set", "policy.steps=2", "--metric", "reward/mean", "--out", Out).Succeeded();

        string text = result.Output.ReplaceLineEndings(" ");
        Assert.Contains("reward/mean at the end, seeds 4", text, StringComparison.Ordinal);
        Assert.Contains("'wide' differs from the baseline in the model (model.width: 16 → 24)", text, StringComparison.Ordinal);
        Assert.Contains("With one seed there is no spread", text, StringComparison.Ordinal);
        Assert.Equal(2, Values("base-4", "reward/mean").Length);
    }

    [Fact]
    public void Recipes_of_control_are_compared_too()
    {
        string ppo = folder.File("ppo.yaml"), a2c = folder.File("a2c.yaml");
        File.WriteAllText(ppo, "environment: cartpole\nalgorithm: { name: ppo, rollout-steps: 64 }\nsteps: 1024\nevaluation: { every: 512, episodes: 3 }\n");
        File.WriteAllText(a2c, "environment: cartpole\nalgorithm: a2c\nsteps: 1024\nevaluation: { every: 512, episodes: 3 }\n");

        CommandResult result = CommandLine.Run("compare", ppo, a2c, "--seeds", "1-2", "--out", Out).Succeeded();

        Assert.Matches(@"(?m)^a2c +\S+ \[\S+, \S+\]", result.Output);
        Assert.Contains("evaluation/return at the end", result.Output, StringComparison.Ordinal);
        CommandLine.Run("compare", ppo, recipe).Failed(
            ExitCode.BadInput,
            $"proximal: {ppo} is a recipe of control and {recipe} is not; expected recipes of one kind, whose results can be compared");
    }

    [Fact]
    public void A_run_that_fails_is_told_in_its_row_and_the_others_end()
    {
        CommandResult result = CommandLine.Run("compare", recipe, "--vary", "narrow: model.context=16", "--seeds", "1", "--out", Out);

        Assert.Equal(ExitCode.Failure, result.ExitCode);
        Assert.StartsWith("proximal: narrow-1: ", result.Error, StringComparison.Ordinal);
        Assert.Contains("more than the model's context of 16", result.Error, StringComparison.Ordinal);
        Assert.Contains("0+1 failed", result.Output, StringComparison.Ordinal);
        Assert.Matches(@"narrow \| 1 \| - \|.*failed: .*context of 16", File.ReadAllText(Path.Combine(Out, "report.md")));
    }

    [Fact]
    public void Another_comparison_in_the_same_folder_is_refused_until_it_is_fresh()
    {
        CommandLine.Run("compare", recipe, "--seeds", "1", "--out", Out, "--quiet").Succeeded();

        CommandResult refused = CommandLine.Run("compare", recipe, "--seeds", "1", "--out", Out, "--set", "policy.steps=3");
        Assert.Equal(ExitCode.BadInput, refused.ExitCode);
        Assert.Contains("'policy.steps' is '4' in it and '3' now", refused.Error, StringComparison.Ordinal);
        Assert.Contains("help: --out or --name takes another folder; --fresh deletes these runs", refused.Error, StringComparison.Ordinal);

        CommandLine.Run("compare", recipe, "--seeds", "1", "--out", Out, "--set", "policy.steps=3", "--fresh", "--quiet").Succeeded();
        Assert.Equal(3, Values("tiny-1", "reward/mean").Length);
    }

    [Theory]
    [InlineData("--seeds is '3-1', expected seeds from 0 with commas and ranges, as in 1-3 or 1,4,7", null, "--seeds", "3-1")]
    [InlineData("--vary is 'gspoo', expected the key of a component, or 'NAME: KEY=VALUE; KEY=VALUE'", "did you mean 'gspo'?", "--vary", "gspoo")]
    [InlineData("--vary is 'a:', expected 'NAME: KEY=VALUE; KEY=VALUE' or the key of a component", null, "--vary", "a:")]
    [InlineData("two variants are called 'a', expected different names", null, "--vary", "a: policy.steps=2", "--vary", "a: policy.steps=3")]
    [InlineData("a variant is called 'x/y', expected at most 100 letters, digits, '-', '_' and '.', not starting with '.'", null, "--vary", "x/y: policy.steps=2")]
    public void A_line_that_cannot_be_is_refused_in_a_sentence(string message, string? help, params string[] arguments) =>
        CommandLine.Run(["compare", recipe, "--out", Out, .. arguments]).Failed(ExitCode.BadInput, [$"proximal: {message}", .. help is null ? (string[])[] : [$"help: {help}"]]);

    [Fact]
    public void A_value_that_a_recipe_refuses_names_the_option_that_gave_it()
    {
        CommandResult result = CommandLine.Run("compare", recipe, "--out", Out, "--vary", "a: policy.clipping.hihg=0.3");
        Assert.StartsWith("proximal: --vary policy.clipping.hihg=0.3: 'policy.clipping.hihg' is not a known key; did you mean 'high'?", result.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Out));
    }

    [Fact]
    public void Variants_without_a_name_are_called_after_their_change()
    {
        CommandLine.Run("compare", recipe, "--out", Out, "--seeds", "1", "--quiet", "--vary", "policy.clipping.high=0.3", "--vary", "tiny").Succeeded();
        Assert.Equal(["high-0.3-1", "tiny-1"], Directory.EnumerateDirectories(Out).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    public void Dispose() => folder.Dispose();

    private double[] Values(string run, string metric) =>
    [
        .. File.ReadLines(Path.Combine(Out, run, "metrics.jsonl"))
            .Select(line => JsonDocument.Parse(line).RootElement)
            .Where(line => line.TryGetProperty(metric, out _))
            .Select(line => line.GetProperty(metric).GetDouble()),
    ];

    private double Last(string run, string metric) => Values(run, metric)[^1];

    private double Sum(string run, string metric) => Values(run, metric).Sum();
}
