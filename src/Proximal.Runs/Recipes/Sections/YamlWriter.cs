using System.Globalization;
using System.Text;

namespace Proximal.Recipes.Sections;

/// <summary>Writes the YAML of a recipe: the same values always give the same bytes.</summary>
internal sealed class YamlWriter
{
    private readonly StringBuilder text = new();
    private int depth;

    /// <summary>What was written so far.</summary>
    public override string ToString() => text.ToString();

    /// <summary>Writes a line as it is.</summary>
    public void Line(string line) => text.Append(' ', 2 * depth).Append(line).Append('\n');

    /// <summary>Starts a mapping below a key.</summary>
    public void Open(string key)
    {
        Line($"{key}:");
        depth++;
    }

    /// <summary>Starts a mapping that is an element of the list that is open.</summary>
    public void OpenElement()
    {
        Line("-");
        depth++;
    }

    /// <summary>Ends the mapping, the element or the list.</summary>
    public void Close() => depth--;

    /// <summary>Writes the value of an option.</summary>
    public void Value(string key, object value) => Line($"{key}: {Format(value)}");

    /// <summary>Writes a component in one line.</summary>
    public void Component(string key, ComponentChoice choice) => Line($"{key}: {Format(choice, weighted: false)}");

    /// <summary>Writes a list of components, one a line.</summary>
    public void Components(string key, ComponentList choices, bool weighted)
    {
        Line(choices.Count == 0 ? $"{key}: []" : $"{key}:");
        foreach (ComponentChoice choice in choices)
        {
            Line($"  - {Format(choice, weighted)}");
        }
    }

    private static string Format(ComponentChoice choice, bool weighted)
    {
        OptionSchema schema = choice.Definition.Options;
        List<string> entries = [$"name: {Format(choice.Definition.Info.Key)}"];
        if (weighted && schema.Options.All(o => o.Key != RecipeBinding.WeightOption.Key))
        {
            entries.Add($"{RecipeBinding.WeightOption.Key}: {Format(choice.Weight)}");
        }

        entries.AddRange(schema.Options.Select(o => $"{o.Key}: {Format(schema.Get(choice.Options, o.Key))}"));
        return entries.Count == 1 ? Format(choice.Definition.Info.Key) : "{ " + string.Join(", ", entries) + " }";
    }

    private static string Format(object value) => value switch
    {
        bool flag => flag ? "true" : "false",
        int number => number.ToString(CultureInfo.InvariantCulture),
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        int[] numbers => "[" + string.Join(", ", numbers.Select(n => Format(n))) + "]",
        double[] numbers => "[" + string.Join(", ", numbers.Select(n => Format(n))) + "]",
        string[] texts => "[" + string.Join(", ", texts.Select(t => Format(t))) + "]",
        _ => FormatText((string)value),
    };

    /// <summary>Without quotes where every reader of YAML takes the text for a text.</summary>
    private static string FormatText(string value)
    {
        bool isPlain = value.Length > 0
            && char.IsAsciiLetter(value[0])
            && value.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '/')
            && value.ToUpperInvariant() is not ("TRUE" or "FALSE" or "NULL" or "YES" or "NO" or "ON" or "OFF" or "Y" or "N");
        if (isPlain)
        {
            return value;
        }

        StringBuilder quoted = new("\"");
        foreach (char c in value)
        {
            quoted.Append(c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                _ when char.IsControl(c) || char.GetUnicodeCategory(c) is UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Format =>
                    string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}"),
                _ => c.ToString(),
            });
        }

        return quoted.Append('"').ToString();
    }
}
