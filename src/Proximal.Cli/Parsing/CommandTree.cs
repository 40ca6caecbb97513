using System.CommandLine;
using Proximal.Cli.Commands;
using Proximal.Cli.Terminals;
using Proximal.Cli.Tower;

namespace Proximal.Cli.Parsing;

/// <summary>All commands and the options that every one has.</summary>
internal sealed class CommandTree
{
    public const string ExecutableName = "proximal";

    private readonly Terminal terminal;
    private readonly RootCommand root;
    private readonly Option<bool> help = new("--help", "-h", "-?") { Description = "Show this help.", Recursive = true };
    private readonly Option<bool> version = new("--version") { Description = "Show the version." };
    private readonly Option<bool> noColor = new("--no-color") { Description = "No colours, as with the environment variable NO_COLOR.", Recursive = true };

    public CommandTree(Terminal terminal)
    {
        this.terminal = terminal;
        root = new RootCommand(
            "Policy optimization for .NET: makes small language models better at tasks whose answers can be checked, "
            + "by reinforcement learning from recipes.");
        root.Options.Clear();
        root.Options.Add(version);
        root.Options.Add(noColor);
        root.Options.Add(help);
        foreach (Command command in (IEnumerable<Command>)
        [
            TrainCommand.Create(terminal),
            CompareCommand.Create(terminal),
            EvalCommand.Create(terminal),
            GenerateCommand.Create(terminal),
            RunsCommand.Create(terminal),
            DoctorCommand.Create(terminal),
            TellCommand.Create(terminal),
            StudioCommand.Create(terminal),
            ReportCommand.Create(terminal),
            DataCommand.Create(terminal),
            ExtractCommand.Create(terminal),
            VerifyCommand.Create(terminal),
            ExplainCommand.Create(terminal),
            MethodsCommand.Create(terminal),
            SchemaCommand.Create(terminal),
            TowerCommand.Create(terminal),
        ])
        {
            root.Subcommands.Add(command);
        }

        root.SetAction(Overview);
    }

    /// <summary>The options of a command, then those that it has from the commands above it.</summary>
    public static IEnumerable<Option> OptionsOf(Command command) => command.Options
        .Concat(command.Parents.OfType<Command>().SelectMany(OptionsOf).Where(option => option.Recursive))
        .Where(option => !option.Hidden);

    /// <summary>Runs a command line.</summary>
    /// <exception cref="CommandFailure">The line or something that it names cannot be used.</exception>
    public int Run(string[] args)
    {
        // Words are taken as they are typed: no response files, no bundled letters.
        ParseResult line = root.Parse(args, new ParserConfiguration { EnablePosixBundling = false, ResponseFileTokenReplacer = null });
        if (line.GetValue(noColor))
        {
            terminal.Colors = false;
        }

        if (line.GetValue(help))
        {
            CommandHelp.Write(line.CommandResult.Command, terminal.Output);
            return ExitCode.Success;
        }

        ParseFaults.ThrowIfAny(line);
        return line.Invoke(new InvocationConfiguration { Output = terminal.Output, Error = terminal.Error, EnableDefaultExceptionHandler = false });
    }

    private int Overview(ParseResult line)
    {
        if (line.GetValue(version))
        {
            terminal.Output.WriteLine($"{ExecutableName} {typeof(CommandTree).Assembly.GetName().Version!.ToString(3)}");
            return ExitCode.Success;
        }

        CommandHelp.Write(root, terminal.Error);
        return ExitCode.BadInput;
    }
}
