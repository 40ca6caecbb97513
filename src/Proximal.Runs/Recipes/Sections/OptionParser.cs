using System.Globalization;
using Proximal.Recipes.Yaml;

namespace Proximal.Recipes.Sections;

/// <summary>YAML scalars and lists to the values of options.</summary>
internal static class OptionParser
{
    private const NumberStyles RealNumber = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    /// <summary>The value of the option, or null when the node is not one.</summary>
    public static object? Parse(YamlNode node, OptionDescription option)
    {
        object? value = (option.Kind, node) switch
        {
            (OptionKind.Number, _) => ParseNumber(node),
            (OptionKind.Integer, _) => ParseInteger(node),
            (OptionKind.Flag, YamlScalar { IsPlain: true, Text: "true" }) => true,
            (OptionKind.Flag, YamlScalar { IsPlain: true, Text: "false" }) => false,
            (OptionKind.Text, _) => ParseText(node),
            (OptionKind.Choice, YamlScalar scalar) => option.Choices.Contains(scalar.Text) ? scalar.Text : null,
            (OptionKind.NumberList, YamlSequence list) => ParseList(list, node => ParseNumber(node)),
            (OptionKind.IntegerList, YamlSequence list) => ParseIntegers(list, option),
            (OptionKind.TextList, YamlSequence list) => ParseTexts(list),
            _ => null,
        };
        double? size = value switch { double number => number, int number => number, _ => null };
        return size < option.Minimum || size > option.Maximum ? null : value;
    }

    /// <summary>What the option takes, for messages: <c>a whole number of at least 1</c>.</summary>
    public static string Expected(OptionDescription option) => option.Kind switch
    {
        OptionKind.Number => "a number" + Range(option),
        OptionKind.Integer => "a whole number" + Range(option),
        OptionKind.Flag => "true or false",
        OptionKind.Choice => "one of " + string.Join(", ", option.Choices),
        OptionKind.NumberList => "a list of numbers",
        OptionKind.IntegerList => "a list of whole numbers" + Range(option),
        OptionKind.TextList => "a list of texts",
        _ => "a text",
    };

    private static string Range(OptionDescription option) => (option.Minimum, option.Maximum) switch
    {
        ({ } low, { } high) => $" from {Show(low)} to {Show(high)}",
        ({ } low, null) => $" of at least {Show(low)}",
        (null, { } high) => $" of at most {Show(high)}",
        _ => "",
    };

    private static string Show(double number) => number.ToString("R", CultureInfo.InvariantCulture);

    private static double? ParseNumber(YamlNode node)
    {
        if (node is not YamlScalar { IsPlain: true, Text: { Length: > 0 } text })
        {
            return null;
        }

        for (int i = 0; i < text.Length; i++)
        {
            bool divides = text[i] == '_' && i > 0 && i + 1 < text.Length && char.IsAsciiDigit(text[i - 1]) && char.IsAsciiDigit(text[i + 1]);
            if (!divides && !char.IsAsciiDigit(text[i]) && text[i] is not ('+' or '-' or '.' or 'e' or 'E'))
            {
                return null;
            }
        }

        return double.TryParse(text.Replace("_", "", StringComparison.Ordinal), RealNumber, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number)
            ? number
            : null;
    }

    private static int? ParseInteger(YamlNode node) =>
        ParseNumber(node) is double number && double.IsInteger(number) && number is >= int.MinValue and <= int.MaxValue ? (int)number : null;

    private static int[]? ParseIntegers(YamlSequence list, OptionDescription option)
    {
        int?[] values = [.. list.Items.Select(ParseInteger)];
        return Array.Exists(values, value => value is null || value < option.Minimum || value > option.Maximum) ? null : [.. values.Select(v => v!.Value)];
    }

    private static string? ParseText(YamlNode node) => node is YamlScalar scalar && (scalar.Text.Length > 0 || !scalar.IsPlain) ? scalar.Text : null;

    private static double[]? ParseList(YamlSequence list, Func<YamlNode, double?> parse)
    {
        double?[] values = [.. list.Items.Select(parse)];
        return values.Contains(null) ? null : [.. values.Select(v => v!.Value)];
    }

    private static string[]? ParseTexts(YamlSequence list)
    {
        string?[] values = [.. list.Items.Select(ParseText)];
        return values.Contains(null) ? null : [.. values.Select(v => v!)];
    }
}
