using System.CommandLine;
using Proximal.Cli.Terminals;

namespace Proximal.Cli.Parsing;

/// <summary>The help of a command: what it does, how it is called, what it takes, and examples.</summary>
internal static class CommandHelp
{
    private const int Width = 80;
    private const int WidestNames = 30;

    /// <summary>Writes the help in lines of at most 80 columns.</summary>
    public static void Write(Command command, TextWriter output)
    {
        output.WriteLine(Wrapping.Wrap(command.Description ?? "", Width));
        output.WriteLine();
        output.WriteLine("Usage:");
        output.WriteLine($"  {ParseFaults.Path(command)}{Usage(command)}");
        WriteTable(output, "Commands:", command.Subcommands.Select(c => (c.Name, FirstSentence(c.Description))));
        WriteTable(output, "Arguments:", command.Arguments.Select(a => (a.HelpName ?? a.Name, a.Description ?? "")));
        WriteTable(output, "Options:", CommandTree.OptionsOf(command).Select(o => (Names(o), o.Description ?? "")));
        if (command is ExampleCommand { Examples.Count: > 0 } described)
        {
            output.WriteLine();
            output.WriteLine(described.Examples.Count == 1 ? "Example:" : "Examples:");
            foreach (string example in described.Examples)
            {
                output.WriteLine($"  {example}");
            }
        }

        if (command.Subcommands.Count > 0)
        {
            output.WriteLine();
            output.WriteLine($"`{ParseFaults.Path(command)} COMMAND --help` tells more about a command.");
        }
    }

    private static string Usage(Command command)
    {
        string subcommand = command.Subcommands.Count == 0 ? "" : command.Action is null || command is RootCommand ? " COMMAND" : " [COMMAND]";
        string arguments = string.Concat(command.Arguments.Select(a => (a.Arity.MinimumNumberOfValues > 0, a.Arity.MaximumNumberOfValues > 1) switch
        {
            (true, false) => $" {a.HelpName}",
            (true, true) => $" {a.HelpName}...",
            (false, false) => $" [{a.HelpName}]",
            (false, true) => $" [{a.HelpName}...]",
        }));
        return $"{subcommand}{arguments} [options]";
    }

    private static string Names(Option option)
    {
        IEnumerable<string> names = option.Aliases.Where(a => a != "-?").Append(option.Name).OrderBy(n => n.Length);
        return string.Join(", ", names) + (option.HelpName is null ? "" : $" {option.HelpName}");
    }

    private static string FirstSentence(string? text)
    {
        int end = text?.IndexOf(". ", StringComparison.Ordinal) ?? -1;
        return end < 0 ? text ?? "" : text![..(end + 1)];
    }

    private static void WriteTable(TextWriter output, string title, IEnumerable<(string Name, string Description)> rows)
    {
        (string Name, string Description)[] all = [.. rows];
        if (all.Length == 0)
        {
            return;
        }

        int column = Math.Min(WidestNames, all.Max(row => row.Name.Length)) + 4;
        output.WriteLine();
        output.WriteLine(title);
        foreach ((string name, string description) in all)
        {
            string wrapped = Wrapping.Wrap(description, Width, column);
            bool fits = name.Length + 4 <= column;
            output.WriteLine(fits ? $"  {name}".PadRight(column) + wrapped.TrimStart() : $"  {name}{Environment.NewLine}{wrapped}");
        }
    }
}
