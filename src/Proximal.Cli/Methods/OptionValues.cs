using Proximal.Recipes;

namespace Proximal.Cli.Methods;

/// <summary>The values of an option in words.</summary>
internal static class OptionValues
{
    /// <summary>Names that can be chosen, or the kind of value and its range.</summary>
    public static string Of(OptionDescription option) => option.Kind switch
    {
        OptionKind.Choice => string.Join(", ", option.Choices),
        OptionKind.Flag => "true, false",
        OptionKind.Text => "text",
        OptionKind.TextList => "texts",
        OptionKind.NumberList => "numbers",
        OptionKind.IntegerList => $"list; {Range(option)}",
        _ => Range(option),
    };

    private static string Range(OptionDescription option)
    {
        string kind = option.Kind is OptionKind.Integer or OptionKind.IntegerList ? "whole" : "number";
        return (option.Minimum, option.Maximum) switch
        {
            ({ } low, { } high) => FormattableString.Invariant($"{kind}, {low} to {high}"),
            ({ } low, null) => FormattableString.Invariant($"{kind}, from {low}"),
            (null, { } high) => FormattableString.Invariant($"{kind}, up to {high}"),
            _ => kind,
        };
    }
}
