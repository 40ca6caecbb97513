using System.CommandLine;
using Proximal.Cli.Control;
using Proximal.Cli.Health;
using Proximal.Cli.Parsing;
using Proximal.Cli.Terminals;
using Proximal.Cli.Training;
using Proximal.Control.Recipes;
using Proximal.Control.Runs;
using Proximal.Environments.Tools;
using Proximal.Recipes;
using Proximal.Runs;
using Proximal.Training;

namespace Proximal.Cli.Commands;

/// <summary><c>proximal train</c>: runs a recipe, or continues its run.</summary>
internal sealed class TrainCommand
{
    private const string RunsFolder = "runs";
    private const int LongestShownPrompt = 60;

    private readonly Terminal terminal;
    private readonly RecipeInput input = new();
    private readonly ToolInput tools = new();
    private readonly Option<string?> folder = new("--run") { HelpName = "FOLDER", Description = "Where the run lies; runs/NAME by default, NAME being the recipe's." };
    private readonly Option<bool> fresh = new("--fresh") { Description = "Deletes the run that lies there and starts over." };
    private readonly Option<bool> yes = new("--yes", "-y") { Description = "Deletes without asking, with --fresh." };
    private readonly Option<bool> json = new("--json") { Description = "Prints one JSON object a line for each event, for machines." };
    private readonly Option<bool> quiet = new("--quiet", "-q") { Description = "Prints the result only." };

    private readonly Option<bool> controls = new("--controls") { Description = "Takes commands while it trains, from `proximal tell` and the studio; prints the token that they need." };
    private readonly Option<string?> events = new("--events") { HelpName = "FILE", Description = "The events.jsonl of a run: what was set in it is set in this new run at the same steps." };

    private TrainCommand(Terminal terminal) => this.terminal = terminal;

    public static Command Create(Terminal terminal)
    {
        TrainCommand train = new(terminal);
        ExampleCommand command = new(
            "train",
            "Train a model or a controller as a recipe says. Shows progress, keeps everything in a run folder, and ends with a comparison of before and after. "
            + "Ctrl-C stops after the step; the same command again continues where the run stopped.",
            "proximal train recipes/digit-completion.yaml",
            "proximal train recipes/digit-completion.yaml --set seed=2 --run runs/second",
            "proximal train recipes/control/cartpole-ppo.yaml");
        train.input.AddTo(command);
        command.Options.Add(train.folder);
        command.Options.Add(train.fresh);
        command.Options.Add(train.yes);
        command.Options.Add(train.json);
        command.Options.Add(train.quiet);
        train.tools.AddTo(command);
        command.Options.Add(train.controls);
        command.Options.Add(train.events);
        command.SetAction(train.Run);
        return command;
    }

    private int Run(ParseResult line)
    {
        if (input.IsControl(line))
        {
            return Train(line, input.ReadControl(line));
        }

        using ToolCatalog catalog = tools.Read(line);
        return Train(line, input.Read(line, catalog), Catalog.CreateDefault(catalog));
    }

    private int Train(ParseResult line, Recipe recipe, Catalog components)
    {
        RunFolder run = Prepare(line, recipe.Name);
        using ITrainingView view = CreateView(line);
        using Interruption interruption = terminal.Listen();
        using CancellationTokenRegistration notice = interruption.Token.Register(view.Stopping);
        LiveOptions live = new() { Controls = line.GetValue(controls), Events = line.GetValue(events), Components = components };
        using TrainingSession session = new(recipe, run, new WatchedTraining(view), live: live);
        if (session.ControlToken is { } token)
        {
            view.Listening(token);
        }

        TrainingOutcome outcome = session.Run(interruption.Token);
        view.Ended(outcome);
        if (!line.GetValue(json))
        {
            Describe(line, outcome);
        }

        return outcome.Finished ? ExitCode.Success : ExitCode.Interrupted;
    }

    private int Train(ParseResult line, ControlRecipe recipe)
    {
        if (line.GetValue(events) is not null)
        {
            throw new CommandFailure("--events is for runs of language models", "the values of a control run cannot be changed while it trains");
        }

        RunFolder run = Prepare(line, recipe.Name);
        using IControlView view = CreateControlView(line);
        using Interruption interruption = terminal.Listen();
        using CancellationTokenRegistration notice = interruption.Token.Register(view.Stopping);
        using ControlSession session = new(recipe, run, view, line.GetValue(controls));
        if (session.ControlToken is { } token)
        {
            view.Listening(token);
        }

        ControlOutcome outcome = session.Run(interruption.Token);
        view.Ended(outcome);
        if (!line.GetValue(json))
        {
            Describe(line, outcome);
        }

        return outcome.Finished ? ExitCode.Success : ExitCode.Interrupted;
    }

    private RunFolder Prepare(ParseResult line, string name)
    {
        RunFolder run = new(line.GetValue(folder) ?? Path.Combine(RunsFolder, name));
        if (line.GetValue(fresh))
        {
            Delete(run, line.GetValue(yes));
        }
        else
        {
            RefuseForeign(run);
        }

        return run;
    }

    private IControlView CreateControlView(ParseResult line) =>
        line.GetValue(json) ? new JsonControlView(terminal) :
        line.GetValue(quiet) ? new QuietControlView(terminal) :
        terminal.IsOutputTerminal ? new LiveControlView(terminal) :
        new PlainControlView(terminal);

    private ITrainingView CreateView(ParseResult line) =>
        line.GetValue(json) ? new JsonTrainingView(terminal) :
        line.GetValue(quiet) ? new QuietTrainingView(terminal) :
        terminal.IsOutputTerminal ? new LiveTrainingView(terminal) :
        new PlainTrainingView(terminal);

    private static void RefuseForeign(RunFolder run)
    {
        if (!run.Exists && HasFiles(run))
        {
            throw new CommandFailure($"{TrainingText.Place(run.Path)}: the folder is not empty and not a run", "--run names another folder");
        }
    }

    private void Delete(RunFolder run, bool isSure)
    {
        if (!run.Exists && HasFiles(run))
        {
            throw new CommandFailure($"{TrainingText.Place(run.Path)}: not a run, so --fresh does not delete it", "--run names another folder");
        }

        if (!isSure && terminal.IsInputTerminal && run.Exists && !terminal.Confirm($"Delete the run {TrainingText.Place(run.Path)}?"))
        {
            throw new CommandFailure("nothing was deleted", "without --fresh the run continues", ExitCode.Failure);
        }

        run.Delete();
    }

    private static bool HasFiles(RunFolder run) => Directory.Exists(run.Path) && Directory.EnumerateFileSystemEntries(run.Path).Any();

    private void Describe(ParseResult line, ControlOutcome outcome)
    {
        TextWriter output = terminal.Output;
        string place = ShellWords.Quote(TrainingText.Place(outcome.Folder.Path));
        if (!outcome.Finished)
        {
            DescribeStop(line, place);
            return;
        }

        ControlResults.Write(terminal, new RunReader(outcome.Folder), outcome.Evaluations);
        output.WriteLine();
        output.WriteLine($"{Readable.Duration(outcome.Seconds)} of training. The run lies in {place}, the trained policy in {ShellWords.Quote(TrainingText.Place(outcome.Folder.Model))}");
        output.WriteLine();
        output.WriteLine("Try next:");
        output.WriteLine($"  proximal eval {place} --episodes 100");
        output.WriteLine($"  proximal runs plot {place} --out curve.svg");
    }

    private void DescribeStop(ParseResult line, string place)
    {
        terminal.Output.WriteLine();
        terminal.Output.WriteLine($"Stopped; a checkpoint holds all finished steps in {place}");
        terminal.Output.WriteLine($"Continue:  {ShellWords.Join([CommandTree.ExecutableName, .. line.Tokens.Select(t => t.Value).Where(word => word is not ("--fresh" or "--yes" or "-y"))])}");
    }

    private void Describe(ParseResult line, TrainingOutcome outcome)
    {
        TextWriter output = terminal.Output;
        string place = ShellWords.Quote(TrainingText.Place(outcome.Folder.Path));
        if (!outcome.Finished)
        {
            DescribeStop(line, place);
            return;
        }

        TrainingSummary.Write(terminal, new RunReader(outcome.Folder), outcome.Evaluations);
        output.WriteLine();
        output.WriteLine($"{Readable.Duration(outcome.Seconds)} of training. The run lies in {place}, the trained model in {ShellWords.Quote(TrainingText.Place(outcome.Folder.Model))}");
        output.WriteLine();
        output.WriteLine("Try next:");
        output.WriteLine($"  proximal generate {place}{ExamplePrompt(outcome)}");
        output.WriteLine($"  proximal eval {place} --samples 16 --k 1,4,16");
        output.WriteLine($"  proximal runs plot {place} --out curve.svg");
    }

    private static string ExamplePrompt(TrainingOutcome outcome)
    {
        string prompt = outcome.Evaluations is [.., { Answers: [var answer, ..] }] ? answer.Prompt : "";
        return prompt is { Length: > 0 and <= LongestShownPrompt } && SafeText.OneLine(prompt) == prompt ? $" {ShellWords.Quote(prompt)}" : "";
    }
}
