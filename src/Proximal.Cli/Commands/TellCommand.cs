using System.CommandLine;
using Proximal.Cli.Parsing;
using Proximal.Cli.Terminals;
using Proximal.Cli.Training;
using Proximal.Control.Runs;
using Proximal.Recipes;
using Proximal.Runs;
using Proximal.Training;

namespace Proximal.Cli.Commands;

/// <summary><c>proximal tell</c>: commands to a run that another process trains.</summary>
internal sealed class TellCommand
{
    private const string TokenVariable = "PROXIMAL_CONTROL_TOKEN";
    private const double DefaultWait = 60;
    private const double LongestWait = 86_400;

    private readonly Terminal terminal;
    private readonly Argument<string> folder = new("run") { HelpName = "RUN", Description = "The run's folder." };
    private readonly Argument<string> command = new("command") { HelpName = "COMMAND", Description = "pause, resume, checkpoint, stop, or set." };
    private readonly Argument<string?> key = new("key") { HelpName = "KEY", Description = "What is set, as policy.optimizer.learning-rate; without it the values that may be set are listed.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Argument<string?> value = new("value") { HelpName = "VALUE", Description = "Its new value.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string?> token = new("--token") { HelpName = "TOKEN", Description = $"What the run printed when it started; the environment variable {TokenVariable} by default." };
    private readonly Option<double?> wait = NumberOptions.Number("--wait", "SECONDS", "How long to wait for the answer, which comes after the step that is going on; 60 by default.", 0, LongestWait);

    private TellCommand(Terminal terminal) => this.terminal = terminal;

    public static Command Create(Terminal terminal)
    {
        TellCommand tell = new(terminal);
        ExampleCommand command = new(
            "tell",
            "Tell a run that was started with --controls what to do, between two of its steps. What is set is recorded in its events.jsonl, from which `proximal train --events` repeats it.",
            "proximal tell runs/digit-completion pause --token TOKEN",
            "proximal tell runs/digit-completion set policy.optimizer.learning-rate 5e-5 --token TOKEN",
            "proximal tell runs/digit-completion set");
        command.Arguments.Add(tell.folder);
        command.Arguments.Add(tell.command);
        command.Arguments.Add(tell.key);
        command.Arguments.Add(tell.value);
        command.Options.Add(tell.token);
        command.Options.Add(tell.wait);
        command.SetAction(tell.Run);
        return command;
    }

    private int Run(ParseResult line)
    {
        RunReader run = new(new RunFolder(line.GetRequiredValue(folder)));
        RunCommand wanted = line.GetRequiredValue(command) switch
        {
            "pause" => RunCommand.Pause,
            "resume" => RunCommand.Resume,
            "checkpoint" => RunCommand.Checkpoint,
            "stop" => RunCommand.Stop,
            "set" => RunCommand.Set,
            var other => throw new CommandFailure($"COMMAND is '{SafeText.OneLine(other)}', expected pause, resume, checkpoint, stop or set"),
        };
        string? name = line.GetValue(key), text = line.GetValue(value);
        if (wanted == RunCommand.Set && name is null)
        {
            return List(run);
        }

        if ((wanted == RunCommand.Set) != (text is not null))
        {
            throw new CommandFailure(wanted == RunCommand.Set ? $"'{SafeText.OneLine(name!)}' has no value" : "KEY and VALUE are for 'set' alone");
        }

        string secret = line.GetValue(token) ?? Environment.GetEnvironmentVariable(TokenVariable)
            ?? throw new CommandFailure("--token is missing", "the run printed it when it started");
        ControlAnswer answer = Send(run.Folder, secret, wanted, TimeSpan.FromSeconds(line.GetValue(wait) ?? DefaultWait), name, text);
        if (!answer.IsDone)
        {
            throw new CommandFailure(answer.Message, exitCode: ExitCode.Failure);
        }

        terminal.Output.WriteLine(SafeText.OneLine(answer.Message));
        return ExitCode.Success;
    }

    private static ControlAnswer Send(RunFolder run, string secret, RunCommand wanted, TimeSpan patience, string? name, string? text)
    {
        try
        {
            return new RunControls(run, secret).SendAsync(wanted, patience, name, text).GetAwaiter().GetResult();
        }
        catch (InvalidOperationException deaf)
        {
            throw new CommandFailure(deaf.Message);
        }
        catch (TimeoutException late)
        {
            throw new CommandFailure(late.Message, "--wait gives it more time", ExitCode.Failure);
        }
    }

    /// <summary>Lists the values that may be set, as they are now.</summary>
    private int List(RunReader run)
    {
        if (run.Folder.IsControlRun)
        {
            throw new CommandFailure("the values of a control run cannot be changed while it trains");
        }

        Dictionary<string, string?> changed = new(StringComparer.Ordinal);
        foreach (RunEvent one in RunEventLog.Read(run.Folder.EventLog).Where(one => one.Command == RunCommand.Set))
        {
            changed[one.Key!] = one.NewValue;
        }

        TextTable table = new("key", "value");
        foreach ((string name, string text) in LiveValues.Of(run.ReadRecipe(Catalog.CreateDefault())))
        {
            table.Add(name, SafeText.OneLine(changed.GetValueOrDefault(name) ?? text));
        }

        table.Write(terminal);
        return ExitCode.Success;
    }
}
