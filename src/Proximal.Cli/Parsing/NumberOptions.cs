using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Proximal.Cli.Parsing;

/// <summary>Options with a range, whose faults name option, value and range.</summary>
internal static class NumberOptions
{
    /// <summary>A whole number; null when it is not given.</summary>
    public static Option<int?> Integer(string name, string placeholder, string description, int minimum, int maximum) => new(name)
    {
        Description = description,
        HelpName = placeholder,
        CustomParser = result => ParseInteger(result, name, minimum, maximum),
    };

    /// <summary>A real number; null when it is not given.</summary>
    public static Option<double?> Number(string name, string placeholder, string description, double minimum, double maximum) => new(name)
    {
        Description = description,
        HelpName = placeholder,
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value >= minimum && value <= maximum)
            {
                return value;
            }

            result.AddError(string.Create(CultureInfo.InvariantCulture, $"{name} is '{text}', expected a number from {minimum} to {maximum}"));
            return null;
        },
    };

    /// <summary>Whole numbers with commas between them; null when they are not given.</summary>
    public static Option<int[]?> IntegerList(string name, string placeholder, string description, int minimum, int maximum) => new(name)
    {
        Description = description,
        HelpName = placeholder,
        CustomParser = result =>
        {
            List<int> values = [];
            foreach (string part in result.Tokens[0].Value.Split(','))
            {
                if (!TryParse(part, minimum, maximum, out int value))
                {
                    result.AddError(string.Create(
                        CultureInfo.InvariantCulture, $"{name} is '{result.Tokens[0].Value}', expected whole numbers from {minimum} to {maximum} with commas, as in 1,4,16"));
                    return null;
                }

                values.Add(value);
            }

            return [.. values.Distinct().Order()];
        },
    };

    private static int? ParseInteger(ArgumentResult result, string name, int minimum, int maximum)
    {
        string text = result.Tokens[0].Value;
        if (TryParse(text, minimum, maximum, out int value))
        {
            return value;
        }

        result.AddError(string.Create(CultureInfo.InvariantCulture, $"{name} is '{text}', expected a whole number from {minimum} to {maximum}"));
        return null;
    }

    private static bool TryParse(string text, int minimum, int maximum, out int value) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value) && value >= minimum && value <= maximum;
}
