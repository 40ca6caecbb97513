using System.CommandLine;
using System.CommandLine.Parsing;
using Proximal.Recipes;

namespace Proximal.Cli.Parsing;

/// <summary>Finds what is wrong with a command line and says it in a sentence, with the nearest name that would be right.</summary>
internal static class ParseFaults
{
    /// <summary>Reports the first fault.</summary>
    /// <exception cref="CommandFailure">The line cannot be used.</exception>
    public static void ThrowIfAny(ParseResult line)
    {
        Command command = line.CommandResult.Command;
        string help = $"see `{Path(command)} --help`";
        if (line.UnmatchedTokens.Count > 0)
        {
            throw Unknown(command, line.UnmatchedTokens[0]);
        }

        // A prompt or path that begins with two dashes is a mistyped option, unless it stands behind `--`.
        if (line.Tokens.TakeWhile(t => t.Type != TokenType.DoubleDash).FirstOrDefault(IsMistypedOption) is { } mistyped)
        {
            throw Unknown(command, mistyped.Value);
        }

        if (line.Errors.Count > 0)
        {
            throw new CommandFailure(Describe(line.Errors[0], command), help);
        }
    }

    /// <summary>The words that name a command: <c>proximal runs show</c>.</summary>
    public static string Path(Command command) =>
        command.Parents.OfType<Command>().FirstOrDefault() is { } parent ? $"{Path(parent)} {command.Name}" : CommandTree.ExecutableName;

    private static bool IsMistypedOption(Token token) => token.Type == TokenType.Argument && token.Value.StartsWith("--", StringComparison.Ordinal);

    private static CommandFailure Unknown(Command command, string word)
    {
        bool isOption = word.StartsWith('-');
        string kind = isOption ? "option" : command.Subcommands.Count > 0 ? "command" : "argument";
        IEnumerable<string> candidates = isOption
            ? CommandTree.OptionsOf(command).SelectMany(o => o.Aliases.Append(o.Name)).Where(n => n.StartsWith("--", StringComparison.Ordinal))
            : command.Subcommands.Select(c => c.Name);
        string name = word.Split('=')[0];
        string[] known = [.. candidates];
        string? nearest = Array.Find(known, k => name.Length > 2 && k.StartsWith(name, StringComparison.Ordinal)) ?? EditDistance.Nearest(name, known);
        return new CommandFailure(
            $"'{word}' is not {(kind[0] is 'o' or 'a' ? "an" : "a")} {kind} of `{Path(command)}`",
            nearest is null ? $"see `{Path(command)} --help`" : $"did you mean '{nearest}'?");
    }

    private static string Describe(ParseError error, Command command) => error.SymbolResult switch
    {
        ArgumentResult { Tokens.Count: 0, Argument: var argument } when argument.Arity.MinimumNumberOfValues > 0 && command.Arguments.Contains(argument) =>
            $"`{Path(command)}` needs {argument.HelpName ?? argument.Name}: {LowerFirst(argument.Description)}",
        OptionResult { Tokens.Count: 0, Option: var option } => $"{option.Name} needs a value{(option.HelpName is null ? "" : $", as in {option.Name} {option.HelpName}")}",
        OptionResult { Option: var option, Tokens.Count: > 1 } => $"{option.Name} is given {error.SymbolResult.Tokens.Count} times, expected once",
        _ => error.Message,
    };

    private static string LowerFirst(string? text) => string.IsNullOrEmpty(text) ? "a value" : char.ToLowerInvariant(text[0]) + text[1..].TrimEnd('.');
}
