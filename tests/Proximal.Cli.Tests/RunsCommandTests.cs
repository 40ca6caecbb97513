using System.Text;
using System.Text.Json;

namespace Proximal.Cli.Tests;

public sealed class RunsCommandTests(TrainedRun run) : IClassFixture<TrainedRun>, IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void Lists_the_runs_of_a_folder()
    {
        string[] lines = CommandLine.Run("runs", Path.GetDirectoryName(run.Folder)!).Succeeded().Lines;
        Assert.StartsWith("run ", lines[0], StringComparison.Ordinal);
        Assert.Contains(lines, line => line.StartsWith(run.Folder, StringComparison.Ordinal) && line.Contains("finished  policy 4/4", StringComparison.Ordinal));
    }

    [Fact]
    public void Json_holds_state_step_and_evaluations()
    {
        JsonElement json = CommandLine.Run("runs", run.Folder, "--json").Succeeded().Json;
        JsonElement one = Assert.Single(json.EnumerateArray());
        Assert.Equal("finished", one.GetProperty("state").GetString());
        Assert.Equal(4, one.GetProperty("steps").GetInt32());
        Assert.Equal(3, one.GetProperty("evaluations").GetArrayLength());
    }

    [Fact]
    public void Shows_a_run()
    {
        string output = CommandLine.Run("runs", "show", run.Folder).Succeeded().Output;
        Assert.Contains("finished, policy 4/4", output, StringComparison.Ordinal);
        Assert.Contains("On 10 held-out problems", output, StringComparison.Ordinal);
        Assert.Contains("metrics.jsonl", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_without_runs_says_how_to_make_one() =>
        Assert.Contains("`proximal train RECIPE` makes one.", CommandLine.Run("runs", folder.Path).Succeeded().Output, StringComparison.Ordinal);

    [Fact]
    public void A_missing_folder_is_bad_input() =>
        CommandLine.Run("runs", folder.File("no")).Failed(ExitCode.BadInput, $"proximal: {folder.File("no")}: no such folder.");

    [Fact]
    public void Plots_on_the_terminal_without_escapes_when_redirected()
    {
        string output = CommandLine.Run("runs", "plot", run.Folder, "--metric", "policy/entropy").Succeeded().Output;
        Assert.StartsWith("policy/entropy\n", output, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', output);
    }

    [Fact]
    public void Plots_several_runs_into_pictures()
    {
        string svg = folder.File("curve.svg"), png = folder.File("curve.PNG");
        CommandLine.Run("runs", "plot", run.Folder, run.Folder, "--out", svg).Succeeded();
        CommandLine.Run("runs", "plot", run.Folder, "--metric", "loss/total", "--stage", "supervised", "--out", png).Succeeded();
        Assert.StartsWith("<svg", File.ReadAllText(svg), StringComparison.Ordinal);
        Assert.Equal(0x89, File.ReadAllBytes(png)[0]);
    }

    [Fact]
    public void Another_kind_of_picture_is_bad_input() => CommandLine.Run("runs", "plot", run.Folder, "--out", "curve.jpg").Failed(
        ExitCode.BadInput, "proximal: --out is 'curve.jpg', expected a file that ends in .svg or .png");

    [Fact]
    public void An_unknown_metric_suggests_the_nearest()
    {
        CommandResult result = CommandLine.Run("runs", "plot", run.Folder, "--metric", "reward/maen");
        Assert.Equal(ExitCode.BadInput, result.ExitCode);
        Assert.StartsWith($"proximal: {run.Folder}: no metric 'reward/maen'; it has ", result.Error, StringComparison.Ordinal);
        Assert.EndsWith("help: did you mean 'reward/mean'?\n", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_run_is_named_and_the_others_are_listed()
    {
        string place = folder.File("broken"), good = folder.File("good");
        foreach (string copy in (string[])[place, good])
        {
            Directory.CreateDirectory(copy);
            File.Copy(Path.Combine(run.Folder, "recipe.yaml"), Path.Combine(copy, "recipe.yaml"));
        }

        Directory.CreateDirectory(Path.Combine(place, "checkpoints", "3-policy-0000001"));
        File.WriteAllText(Path.Combine(place, "checkpoints", "3-policy-0000001", "trainer.json"), "{");
        CommandResult result = CommandLine.Run("runs", folder.Path);
        Assert.Equal(ExitCode.BadInput, result.ExitCode);
        Assert.StartsWith($"proximal: {Path.Combine(place, "checkpoints", "3-policy-0000001", "trainer.json")}: ", result.Error, StringComparison.Ordinal);
        Assert.Contains("good  stopped  supervised 0/6 ", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_line_of_metrics_is_named_and_a_torn_last_line_is_not_minded()
    {
        string place = folder.File("copy");
        Directory.CreateDirectory(place);
        File.Copy(Path.Combine(run.Folder, "recipe.yaml"), Path.Combine(place, "recipe.yaml"));
        string[] lines = File.ReadAllLines(Path.Combine(run.Folder, "metrics.jsonl"));
        string path = Path.Combine(place, "metrics.jsonl");

        File.WriteAllText(path, string.Join('\n', lines) + "\n" + lines[^1][..20], new UTF8Encoding(false));
        CommandLine.Run("runs", "plot", place).Succeeded();
        CommandLine.Run("runs", "show", place).Succeeded();

        lines[2] = "{\"stage\":\"policy\",\"step\":-1}";
        File.WriteAllLines(path, lines);
        CommandLine.Run("runs", "plot", place).Failed(
            ExitCode.BadInput, $"proximal: {path}:3: expected an object with a stage, a step and numbers");
    }

    public void Dispose() => folder.Dispose();
}
