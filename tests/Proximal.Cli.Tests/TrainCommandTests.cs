using System.Text.Json;
using Proximal.Cli.Terminals;

namespace Proximal.Cli.Tests;

public sealed class TrainCommandTests(TrainedRun run) : IClassFixture<TrainedRun>, IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void Redirected_output_is_plain_lines_that_end_in_a_comparison_and_what_to_do_next()
    {
        string output = run.Training.Output;
        Assert.DoesNotContain('\e', output);
        Assert.DoesNotContain('\r', output);
        Assert.Contains("\nsupervised 6/6  loss ", output, StringComparison.Ordinal);
        Assert.Contains("\npolicy 4/4  reward ", output, StringComparison.Ordinal);
        Assert.Contains("On 10 held-out problems", output, StringComparison.Ordinal);
        Assert.Contains("\nbefore ", output, StringComparison.Ordinal);
        Assert.Contains("\nafter policy ", output, StringComparison.Ordinal);
        Assert.Contains("answer before", output, StringComparison.Ordinal);
        Assert.Contains($"  proximal generate {run.Folder} ", output, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(run.Folder, "model", "model.safetensors")));
    }

    [Fact]
    public void A_finished_run_says_so_and_shows_its_table_again()
    {
        string output = CommandLine.Run("train", run.RecipePath, "--run", run.Folder).Succeeded().Output;
        Assert.Contains("This run is finished; nothing is left to do.", output, StringComparison.Ordinal);
        Assert.Contains("On 10 held-out problems", output, StringComparison.Ordinal);
        Assert.DoesNotContain("policy 1/4", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_recipe_does_not_continue_a_run()
    {
        CommandResult result = CommandLine.Run("train", run.RecipePath, "--run", run.Folder, "--set", "seed=5");
        Assert.Equal(ExitCode.BadInput, result.ExitCode);
        Assert.StartsWith($"proximal: {run.Folder}: holds a run of another recipe", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_recipe_that_failed_at_once_may_be_corrected()
    {
        string place = folder.File("corrected");
        CommandResult failed = CommandLine.Run("train", run.RecipePath, "--run", place, "--set", "model.context=16");
        Assert.Equal(ExitCode.BadInput, failed.ExitCode);
        Assert.Contains("more than the model's context of 16", failed.Error, StringComparison.Ordinal);
        CommandLine.Run("train", run.RecipePath, "--run", place, "--quiet").Succeeded();
    }

    [Fact]
    public void Json_events_tell_the_whole_run_and_nothing_else_is_printed()
    {
        JsonElement[] events = CommandLine.Run("train", run.RecipePath, "--run", folder.File("json"), "--json").Succeeded().JsonLines;
        string[] names = [.. events.Select(e => e.GetProperty("event").GetString()!)];
        Assert.Equal("start", names[0]);
        Assert.Equal("end", names[^1]);
        Assert.Equal(10, names.Count(name => name == "step"));
        Assert.Equal(3, names.Count(name => name == "evaluation"));
        Assert.Contains("checkpoint", names);
        JsonElement last = events.Last(e => e.GetProperty("event").GetString() == "step");
        Assert.Equal("policy", last.GetProperty("stage").GetString());
        Assert.Equal(4, last.GetProperty("step").GetInt32());
        Assert.True(last.GetProperty("metrics").TryGetProperty("reward/mean", out _));
        Assert.True(events[^1].GetProperty("finished").GetBoolean());
    }

    [Fact]
    public void Interrupted_after_a_step_it_says_how_to_continue_and_the_same_command_does_to_the_same_weights()
    {
        string place = folder.File("stopped");
        CommandResult stopped = CommandLine.RunUntil("supervised 3/6", "train", run.RecipePath, "--run", place);
        Assert.Equal(ExitCode.Interrupted, stopped.ExitCode);
        Assert.Contains($"Continue:  proximal train {run.RecipePath} --run {place}\n", stopped.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("supervised 4/6", stopped.Output, StringComparison.Ordinal);

        string resumed = CommandLine.Run("train", run.RecipePath, "--run", place).Succeeded().Output;
        Assert.Contains("Continues after supervised step 3 of 6.", resumed, StringComparison.Ordinal);
        Assert.Equal(Weights(run.Folder), Weights(place));
    }

    [Fact]
    public void Fresh_starts_over_and_leaves_what_is_not_the_runs()
    {
        string place = folder.File("again");
        CommandLine.Run("train", run.RecipePath, "--run", place, "--quiet").Succeeded();
        File.WriteAllText(Path.Combine(place, "notes.txt"), "mine");
        string output = CommandLine.Run("train", run.RecipePath, "--run", place, "--fresh").Succeeded().Output;
        Assert.Contains("supervised 1/6", output, StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(Path.Combine(place, "notes.txt")));
    }

    [Fact]
    public void Fresh_does_not_delete_what_is_no_run()
    {
        string place = folder.File("precious");
        Directory.CreateDirectory(place);
        File.WriteAllText(Path.Combine(place, "thesis.txt"), "years of work");
        CommandLine.Run("train", run.RecipePath, "--run", place, "--fresh").Failed(
            ExitCode.BadInput,
            $"proximal: {place}: not a run, so --fresh does not delete it",
            "help: --run names another folder");
        Assert.Equal("years of work", File.ReadAllText(Path.Combine(place, "thesis.txt")));
    }

    [Fact]
    public void On_a_terminal_fresh_asks_first()
    {
        StringWriter output = new(), error = new();
        Terminal terminal = new(output, error, new StringReader("n\n")) { IsInputTerminal = true };
        Assert.Equal(ExitCode.Failure, Program.Run(["train", run.RecipePath, "--run", run.Folder, "--fresh"], terminal));
        Assert.StartsWith($"Delete the run {run.Folder}? [y/N] proximal: nothing was deleted", error.ToString(), StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(run.Folder, "recipe.yaml")));
    }

    [Fact]
    public void A_folder_of_other_files_does_not_become_a_run()
    {
        File.WriteAllText(folder.File("other.txt"), "");
        CommandLine.Run("train", run.RecipePath, "--run", folder.Path).Failed(
            ExitCode.BadInput,
            $"proximal: {folder.Path}: the folder is not empty and not a run",
            "help: --run names another folder");
    }

    [Fact]
    public void A_terminal_sees_a_bar_in_place_within_its_width()
    {
        StringWriter output = new(), error = new();
        Terminal terminal = new(output, error, TextReader.Null, () => 60) { IsOutputTerminal = true };
        Assert.Equal(ExitCode.Success, Program.Run(["train", run.RecipePath, "--run", folder.File("live")], terminal));
        string text = output.ToString();
        Assert.Contains("━━━━", text, StringComparison.Ordinal);
        Assert.Contains("\e[K", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\e[31m", text, StringComparison.Ordinal);
        int block = text.IndexOf("On 10 held-out", StringComparison.Ordinal);
        Assert.All(text[..block].Split("\e[K\n"), line => Assert.True(line.Split('F')[^1].Length <= 60 || line.Contains("parameters", StringComparison.Ordinal), line));
    }

    public void Dispose() => folder.Dispose();

    private static byte[] Weights(string place) => File.ReadAllBytes(Path.Combine(place, "model", "model.safetensors"));
}
