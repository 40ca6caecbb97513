using System.Text.Json;
using Proximal.Cli.Terminals;

namespace Proximal.Cli.Tests;

/// <summary><c>proximal tell</c> and <c>proximal train --controls</c>, as two people at two terminals.</summary>
public sealed class TellCommandTests(TrainedRun trained) : IClassFixture<TrainedRun>, IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void A_run_is_paused_changed_and_repeated()
    {
        string recipe = folder.File("tiny.yaml"), hand = folder.File("hand"), again = folder.File("again");
        File.WriteAllText(recipe, TrainedRun.Recipe);
        List<CommandResult> told = [];
        CommandResult training = TrainAndTell(recipe, hand, token =>
        [
            ["tell", hand, "pause", "--token", token],
            ["tell", hand, "stop", "--token", token[1..] + "x"],
            ["tell", hand, "set", "policy.optimizer.learning-rate", "0.005", "--token", token],
            ["tell", hand, "set", "policy.steps", "9", "--token", token],
            ["tell", hand, "checkpoint", "--token", token],
            ["tell", hand, "resume", "--token", token],
        ], told);

        Assert.Equal(0, training.ExitCode);
        Assert.Equal([0, 1, 0, 1, 0, 0], told.Select(one => one.ExitCode));
        Assert.Equal("Paused.\n", told[0].Output);
        Assert.Equal("proximal: The token is wrong.\n", told[1].Error);
        Assert.StartsWith("policy.optimizer.learning-rate was ", told[2].Output, StringComparison.Ordinal);
        Assert.StartsWith("proximal: 'policy.steps' may not be changed while the run trains", told[3].Error, StringComparison.Ordinal);
        Assert.Equal(["pause", "set", "checkpoint", "resume"], training.JsonLines.Where(one => one.GetProperty("event").GetString() == "control").Select(one => one.GetProperty("command").GetString()));

        CommandLine.Run("train", recipe, "--run", again, "--events", Path.Combine(hand, "events.jsonl"), "--quiet").Succeeded();

        Assert.Equal(File.ReadAllBytes(Path.Combine(hand, "model", "model.safetensors")), File.ReadAllBytes(Path.Combine(again, "model", "model.safetensors")));
        Assert.NotEqual(File.ReadAllBytes(Path.Combine(trained.Folder, "model", "model.safetensors")), File.ReadAllBytes(Path.Combine(again, "model", "model.safetensors")));
        Assert.Contains(CommandLine.Run("tell", hand, "set").Succeeded().Lines, line => line.StartsWith("policy.optimizer.learning-rate ", StringComparison.Ordinal) && line.EndsWith(" 0.005", StringComparison.Ordinal));
    }

    [Fact]
    public void A_control_run_is_paused_and_stopped_but_not_changed()
    {
        string recipe = folder.File("cartpole.yaml"), run = folder.File("cartpole");
        File.WriteAllText(recipe, "name: cartpole\nsteps: 4000\nenvironment: cartpole\nalgorithm: ppo\nevaluation: { episodes: 1 }\n");
        List<CommandResult> told = [];

        CommandResult training = TrainAndTell(recipe, run, token =>
        [
            ["tell", run, "pause", "--token", token],
            ["tell", run, "set", "algorithm.learning-rate", "1", "--token", token],
            ["tell", run, "stop", "--token", token],
        ], told);

        Assert.Equal([0, 1, 0], told.Select(one => one.ExitCode));
        Assert.Equal(ExitCode.Interrupted, training.ExitCode);
        Assert.StartsWith("proximal: The values of a control run cannot be changed while it trains", told[1].Error, StringComparison.Ordinal);
        CommandLine.Run("train", recipe, "--run", run, "--quiet").Succeeded();
        CommandLine.Run("train", recipe, "--run", run, "--events", "x").Failed(
            ExitCode.BadInput, "proximal: --events is for runs of language models", "help: the values of a control run cannot be changed while it trains");
    }

    [Fact]
    public void A_run_that_does_not_listen_is_bad_input() => CommandLine.Run("tell", trained.Folder, "pause", "--token", "x").Failed(
        ExitCode.BadInput, $"proximal: {trained.Folder}: nobody listens; expected a run that goes on and was started with --controls.");

    [Theory]
    [InlineData("proximal: COMMAND is 'dance', expected pause, resume, checkpoint, stop or set", "dance")]
    [InlineData("proximal: 'policy.clipping.low' has no value", "set", "policy.clipping.low")]
    [InlineData("proximal: KEY and VALUE are for 'set' alone", "pause", "policy.clipping.low", "1")]
    public void A_command_that_makes_no_sense_is_bad_input(string message, params string[] words) => CommandLine.Run(["tell", trained.Folder, .. words]).Failed(ExitCode.BadInput, message);

    [Fact]
    public void A_missing_token_is_bad_input() => CommandLine.Run("tell", trained.Folder, "pause").Failed(ExitCode.BadInput, "proximal: --token is missing", "help: the run printed it when it started");

    [Fact]
    public void Missing_events_are_bad_input()
    {
        string missing = folder.File("none.jsonl");
        CommandLine.Run("train", trained.RecipePath, "--run", folder.File("run"), "--events", missing, "--quiet").Failed(ExitCode.BadInput, $"proximal: {missing}: no such file; expected the events.jsonl of a run.");
    }

    public void Dispose() => folder.Dispose();

    /// <summary>Trains with controls; when the token is printed, another thread gives the commands one after the other.</summary>
    private static CommandResult TrainAndTell(string recipe, string run, Func<string, string[][]> commands, List<CommandResult> told)
    {
        Thread? hand = null;
        StringWriter text = new(), error = new();
        using TokenWriter output = new(text, token =>
        {
            hand = new Thread(() => told.AddRange(commands(token).Select(words => CommandLine.Run(words))));
            hand.Start();

            // The run waits here until the first command lies before it.
            Assert.True(SpinWait.SpinUntil(() => Directory.EnumerateFiles(Path.Combine(run, "controls"), "*.json").Any(), TimeSpan.FromMinutes(1)));
        });
        int exitCode = Program.Run(["train", recipe, "--run", run, "--controls", "--json"], new Terminal(output, error, TextReader.Null));
        hand!.Join();
        return new CommandResult(exitCode, text.ToString(), error.ToString());
    }

    /// <summary>Passes everything on, and calls when the token of a run goes by.</summary>
    private sealed class TokenWriter(StringWriter inner, Action<string> found) : TextWriter
    {
        public override System.Text.Encoding Encoding => inner.Encoding;

        public override void Write(char value) => inner.Write(value);

        public override void WriteLine(string? value)
        {
            inner.WriteLine(value);
            using JsonDocument line = JsonDocument.Parse(value!);
            if (line.RootElement.GetProperty("event").GetString() == "controls")
            {
                found(line.RootElement.GetProperty("token").GetString()!);
            }
        }

        public override void Flush() => inner.Flush();
    }
}
