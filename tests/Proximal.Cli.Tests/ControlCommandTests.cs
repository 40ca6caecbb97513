using System.Text.Json;
using Proximal.Cli.Terminals;

namespace Proximal.Cli.Tests;

/// <summary>Commands on control recipes and runs.</summary>
public sealed class ControlCommandTests(ControlRun run) : IClassFixture<ControlRun>, IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void Training_tells_steps_returns_losses_and_ends_in_a_comparison_and_what_to_do_next()
    {
        string output = run.Training.Output;
        Assert.DoesNotContain('\e', output);
        Assert.StartsWith("tiny: ppo on cartpole, ", output, StringComparison.Ordinal);
        Assert.Contains("\nevaluation before: return ", output, StringComparison.Ordinal);
        Assert.Contains("\nstep 2,048/2,048  return ", output, StringComparison.Ordinal);
        Assert.Contains("  policy loss ", output, StringComparison.Ordinal);
        Assert.Contains(" steps/s  0:00 left\n", output, StringComparison.Ordinal);
        Assert.Contains("Over 5 episodes that were not learned from", output, StringComparison.Ordinal);
        Assert.Contains("\nafter ", output, StringComparison.Ordinal);
        Assert.Contains($"  proximal eval {run.Folder} --episodes 100", output, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(run.Folder, "model", "policy.safetensors")));
    }

    [Fact]
    public void A_finished_run_says_so() => Assert.Contains(
        "This run is finished; nothing is left to do.", CommandLine.Run("train", run.RecipePath, "--run", run.Folder).Succeeded().Output, StringComparison.Ordinal);

    [Fact]
    public void Json_events_tell_the_whole_run_and_nothing_else_is_printed()
    {
        JsonElement[] events = CommandLine.Run("train", run.RecipePath, "--run", folder.File("json"), "--json").Succeeded().JsonLines;
        string[] names = [.. events.Select(e => e.GetProperty("event").GetString()!)];
        Assert.Equal("start", names[0]);
        Assert.Equal("end", names[^1]);
        Assert.Equal(16, names.Count(name => name == "step"));
        Assert.Equal(3, names.Count(name => name == "evaluation"));
        JsonElement last = events.Last(e => e.GetProperty("event").GetString() == "step");
        Assert.Equal(2048, last.GetProperty("step").GetInt32());
        Assert.True(last.GetProperty("metrics").TryGetProperty("episode/return", out _));
        Assert.True(events[^1].GetProperty("finished").GetBoolean());
    }

    [Fact]
    public void Interrupted_it_says_how_to_continue_and_the_same_command_does_to_the_same_weights()
    {
        string place = folder.File("stopped");
        CommandResult stopped = CommandLine.RunUntil("step 640/", "train", run.RecipePath, "--run", place);
        Assert.Equal(ExitCode.Interrupted, stopped.ExitCode);
        Assert.Contains($"Continue:  proximal train {run.RecipePath} --run {place}\n", stopped.Output, StringComparison.Ordinal);

        string resumed = CommandLine.Run("train", run.RecipePath, "--run", place).Succeeded().Output;
        Assert.Contains("Continues after step 640 of 2,048.", resumed, StringComparison.Ordinal);
        Assert.Equal(File.ReadAllBytes(Path.Combine(run.Folder, "model", "policy.safetensors")), File.ReadAllBytes(Path.Combine(place, "model", "policy.safetensors")));
    }

    [Fact]
    public void A_terminal_sees_a_bar_in_place_within_its_width()
    {
        StringWriter output = new(), error = new();
        Terminal terminal = new(output, error, TextReader.Null, () => 60) { IsOutputTerminal = true };
        Assert.Equal(ExitCode.Success, Program.Run(["train", run.RecipePath, "--run", folder.File("live")], terminal));
        string text = output.ToString();
        Assert.Contains("━━━━", text, StringComparison.Ordinal);
        int block = text.IndexOf("Over 5 episodes", StringComparison.Ordinal);
        Assert.All(text[..block].Split("\e[K\n"), line => Assert.True(line.Split('F')[^1].Length <= 60 || line.Contains("parameters", StringComparison.Ordinal), line));
    }

    [Theory]
    [InlineData("environment=cartpol", "--set environment=cartpol: 'environment' is 'cartpol', which is no component of Environments; did you mean 'cartpole'?\nknown: ")]
    [InlineData("algorithm=poo", "--set algorithm=poo: 'algorithm' is 'poo', which is no component of Algorithms; did you mean 'ppo'?\nknown: ")]
    [InlineData("algorithm.clip=0.1", "--set algorithm.clip=0.1: 'algorithm.clip' is not a known key")]
    [InlineData("steps=many", "--set steps=many: 'steps' is 'many', expected a whole number from 1 to 2000000000")]
    [InlineData("data=some.npz", "--set data=some.npz: 'data' is 'some.npz', but 'ppo' learns from its environment, expected none")]
    [InlineData("wrappers=[rescale-action]", "--set wrappers=[rescale-action]: 'wrappers': ")]
    public void Bad_input_is_one_line_that_names_key_value_and_what_was_expected(string change, string message)
    {
        CommandResult result = CommandLine.Run("train", run.RecipePath, "--run", folder.File("bad"), "--set", change);
        Assert.Equal(ExitCode.BadInput, result.ExitCode);
        Assert.StartsWith($"proximal: {message}", result.Error, StringComparison.Ordinal);
        string[] list = result.Error.TrimEnd('\n').Split('\n')[1..];
        Assert.All(list, line => Assert.True(line.Length <= 80 && (line.StartsWith("known: ", StringComparison.Ordinal) || line.StartsWith("       ", StringComparison.Ordinal)), line));
        Assert.False(Directory.Exists(folder.File("bad")));
    }

    [Fact]
    public void Evaluates_a_run_with_intervals()
    {
        string output = CommandLine.Run("eval", run.Folder, "--episodes", "7").Succeeded().Output;
        Assert.Contains(" on cartpole ", output, StringComparison.Ordinal);
        Assert.Contains("\n7 episodes, most likely actions, seed 1\n", output, StringComparison.Ordinal);
        Assert.All(["mean", "interquartile mean", "standard deviation", "smallest", "largest", "steps of an episode"], name => Assert.Contains($"\n{name} ", output, StringComparison.Ordinal));
    }

    [Fact]
    public void Evaluation_with_the_seed_of_the_run_equals_its_last_measurement()
    {
        JsonElement json = CommandLine.Run("eval", run.Folder, "--json").Succeeded().Json;
        JsonElement shown = CommandLine.Run("runs", "show", run.Folder, "--json").Succeeded().Json;
        Assert.Equal(shown.GetProperty("evaluations").EnumerateArray().Last().GetProperty("return").GetDouble(), json.GetProperty("mean").GetProperty("value").GetDouble(), 1e-12);
        Assert.NotEqual(
            json.GetProperty("returns").GetRawText(), CommandLine.Run("eval", run.Folder, "--json", "--seed", "9").Succeeded().Json.GetProperty("returns").GetRawText());
    }

    [Theory]
    [InlineData("episode.gif", "GIF89a")]
    [InlineData("episode.svg", "<svg")]
    public void Records_an_episode(string name, string start)
    {
        string path = folder.File(name), output = CommandLine.Run("eval", run.Folder, "--episodes", "1", "--record", path).Succeeded().Output;
        Assert.Contains($"Wrote {path}: an episode of ", output, StringComparison.Ordinal);
        Assert.StartsWith(start, File.ReadAllText(path), StringComparison.Ordinal);
    }

    [Fact]
    public void Another_kind_of_recording_is_bad_input() => CommandLine.Run("eval", run.Folder, "--record", "a.mp4").Failed(
        ExitCode.BadInput, "proximal: --record is 'a.mp4', expected a file that ends in .gif or .svg");

    [Fact]
    public void Options_of_language_models_do_not_go_with_a_control_run() => CommandLine.Run("eval", run.Folder, "--k", "4").Failed(
        ExitCode.BadInput, "proximal: --k does not go with a control run", "help: `proximal eval --help` tells which options do");

    [Fact]
    public void An_environment_of_other_spaces_is_refused()
    {
        CommandResult result = CommandLine.Run("eval", run.Folder, "--set", "environment=lander");
        Assert.Equal(ExitCode.BadInput, result.ExitCode);
        Assert.StartsWith("proximal: lander has observations ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_control_run_writes_no_text() => CommandLine.Run("generate", run.Folder, "hello").Failed(
        ExitCode.BadInput, $"proximal: {run.Folder} is a control run, which writes no text", "help: `proximal eval` plays episodes with it");

    [Fact]
    public void Runs_are_listed_and_shown()
    {
        Assert.Contains(CommandLine.Run("runs", run.Folder).Succeeded().Lines, line => line.Contains("finished  2,048/2,048", StringComparison.Ordinal));
        string shown = CommandLine.Run("runs", "show", run.Folder).Succeeded().Output;
        Assert.Contains("finished, step 2,048/2,048, ", shown, StringComparison.Ordinal);
        Assert.Contains("the trained policy", shown, StringComparison.Ordinal);
        Assert.Equal("control", CommandLine.Run("runs", run.Folder, "--json").Succeeded().Json[0].GetProperty("kind").GetString());
    }

    [Fact]
    public void Plots_the_return_of_episodes() =>
        Assert.StartsWith("episode/return\n", CommandLine.Run("runs", "plot", run.Folder).Succeeded().Output, StringComparison.Ordinal);

    [Fact]
    public void Explains_environment_arithmetic_and_objective()
    {
        string output = CommandLine.Run("explain", run.RecipePath).Succeeded().Output;
        Assert.Contains("Observations are box[4], actions discrete(2). An episode has at most 100 steps", output, StringComparison.Ordinal);
        Assert.Contains("4 copies x 32 steps = 128 transitions", output.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Contains("L = -mean min(rho A, ", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Methods_and_the_schema_hold_algorithms()
    {
        Assert.Contains("\n  ppo ", CommandLine.Run("methods", "--seam", "algorithms").Succeeded().Output, StringComparison.Ordinal);
        Assert.Contains("Schulman et al. 2017", CommandLine.Run("methods", "show", "ppo").Succeeded().Output, StringComparison.Ordinal);
        Assert.Equal("Proximal control recipe", CommandLine.Run("schema", "--control").Succeeded().Json.GetProperty("title").GetString());
    }

    public void Dispose() => folder.Dispose();
}
