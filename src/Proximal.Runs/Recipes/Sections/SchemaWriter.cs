using System.Globalization;
using System.Text.Json;

namespace Proximal.Recipes.Sections;

/// <summary>Writes JSON schemas of sections, options and components.</summary>
internal sealed class SchemaWriter(Utf8JsonWriter json)
{
    /// <summary>A property of the mapping that is being written.</summary>
    public void Property(string key, Action write)
    {
        json.WritePropertyName(key);
        write();
    }

    /// <summary>A mapping with only the properties that <paramref name="properties"/> writes, or null for the defaults.</summary>
    public void Mapping(string description, Action properties)
    {
        json.WriteStartObject();
        Contents(description, [], properties, "object", "null");
        json.WriteEndObject();
    }

    /// <summary>The inside of a mapping's schema.</summary>
    public void Contents(string description, IReadOnlyList<string> required, Action properties, params string[] types)
    {
        json.WriteString("description", description);
        WriteTexts("type", types.Length == 0 ? ["object"] : types);
        json.WriteStartObject("properties");
        properties();
        json.WriteEndObject();
        json.WriteBoolean("additionalProperties", false);
        if (required.Count > 0)
        {
            json.WriteStartArray("required");
            foreach (string key in required)
            {
                json.WriteStringValue(key);
            }

            json.WriteEndArray();
        }
    }

    /// <summary>A single value.</summary>
    public void Option(OptionDescription option)
    {
        json.WriteStartObject();
        json.WriteString("description", option.Description);
        WriteKind(option);
        if (option.Kind != OptionKind.IntegerList)
        {
            WriteBounds(option);
        }

        WriteDefault(option);
        json.WriteEndObject();
    }

    /// <summary>A component of a seam, or one of the other names.</summary>
    public void Component(Seam seam, string description, params string[] otherNames)
    {
        json.WriteStartObject();
        json.WriteString("description", description);
        if (otherNames.Length == 0)
        {
            json.WriteString("$ref", Reference(seam));
        }
        else
        {
            json.WriteStartArray("anyOf");
            json.WriteStartObject();
            WriteTexts("enum", otherNames, asList: true);
            json.WriteEndObject();
            json.WriteStartObject();
            json.WriteString("$ref", Reference(seam));
            json.WriteEndObject();
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    /// <summary>A list of components of a seam.</summary>
    public void Components(Seam seam, string description)
    {
        json.WriteStartObject();
        json.WriteString("description", description);
        WriteTexts("type", ["array", "null"]);
        json.WriteStartObject("items");
        json.WriteString("$ref", Reference(seam));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>A list of what <paramref name="element"/> writes.</summary>
    public void List(string description, Action element)
    {
        json.WriteStartObject();
        json.WriteString("description", description);
        WriteTexts("type", ["array", "null"]);
        json.WritePropertyName("items");
        element();
        json.WriteEndObject();
    }

    /// <summary>The components of every seam.</summary>
    /// <param name="components">The components.</param>
    /// <param name="weighted">Seams whose components have a weight, because they are summed.</param>
    public void Definitions(IRecipeComponents components, params Seam[] weighted)
    {
        json.WriteStartObject("$defs");
        foreach (ComponentCatalog catalog in components.All)
        {
            Seam seam = catalog.Seam;
            ComponentDefinition[] definitions = [.. catalog.Components];
            json.WriteStartObject(Name(seam));
            WriteSeam(seam, definitions);
            json.WriteEndObject();
            foreach (ComponentDefinition definition in definitions)
            {
                json.WriteStartObject($"{Name(seam)}.{definition.Info.Key}");
                Contents(definition.Info.Summary, ["name"], () => WriteOptions(definition, weighted: weighted.Contains(seam)));
                json.WriteEndObject();
            }
        }

        json.WriteEndObject();
    }

    private static string Name(Seam seam) => seam.ToString().ToLowerInvariant();

    private static string Reference(Seam seam) => $"#/$defs/{Name(seam)}";

    /// <summary>A bare name, a mapping with a name and that component's options, or a mapping without one that changes the current component.</summary>
    private void WriteSeam(Seam seam, ComponentDefinition[] definitions)
    {
        string[] names = [.. definitions.Select(d => d.Info.Key)];
        WriteTexts("type", ["string", "object", "null"]);
        json.WriteStartObject("if");
        WriteTexts("type", ["string"]);
        json.WriteEndObject();
        json.WriteStartObject("then");
        WriteNames(names);
        json.WriteEndObject();
        json.WriteStartObject("else");
        json.WriteStartObject("properties");
        json.WriteStartObject("name");
        WriteNames(names);
        json.WriteEndObject();
        json.WriteEndObject();
        if (definitions.Length > 0)
        {
            json.WriteStartArray("allOf");
            foreach (ComponentDefinition definition in definitions)
            {
                WriteCase(definition.Info.Key, $"{Reference(seam)}.{definition.Info.Key}");
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private void WriteCase(string key, string reference)
    {
        json.WriteStartObject();
        json.WriteStartObject("if");
        json.WriteStartObject("properties");
        json.WriteStartObject("name");
        json.WriteString("const", key);
        json.WriteEndObject();
        json.WriteEndObject();
        WriteTexts("required", ["name"], asList: true);
        json.WriteEndObject();
        json.WriteStartObject("then");
        json.WriteString("$ref", reference);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private void WriteOptions(ComponentDefinition definition, bool weighted)
    {
        json.WriteStartObject("name");
        json.WriteString("const", definition.Info.Key);
        json.WriteEndObject();
        if (weighted && definition.Options.Options.All(o => o.Key != RecipeBinding.WeightOption.Key))
        {
            Property(RecipeBinding.WeightOption.Key, () => Option(RecipeBinding.WeightOption));
        }

        foreach (OptionDescription option in definition.Options.Options)
        {
            Property(option.Key, () => Option(option));
        }
    }

    private void WriteBounds(OptionDescription option)
    {
        if (option.Minimum is { } minimum)
        {
            json.WriteNumber("minimum", minimum);
        }

        if (option.Maximum is { } maximum)
        {
            json.WriteNumber("maximum", maximum);
        }
    }

    private void WriteKind(OptionDescription option)
    {
        switch (option.Kind)
        {
            case OptionKind.Choice:
                WriteTexts("enum", option.Choices, asList: true);
                break;
            case OptionKind.NumberList or OptionKind.IntegerList or OptionKind.TextList:
                WriteTexts("type", ["array"]);
                json.WriteStartObject("items");
                WriteTexts("type", option.Kind switch { OptionKind.NumberList => ["number"], OptionKind.IntegerList => ["integer"], _ => ["string", "number"] });
                WriteBounds(option);
                json.WriteEndObject();
                break;
            case OptionKind.Text:
                WriteTexts("type", ["string", "number", "boolean"]);
                break;
            default:
                WriteTexts("type", [option.Kind switch { OptionKind.Number => "number", OptionKind.Integer => "integer", _ => "boolean" }]);
                break;
        }
    }

    private void WriteDefault(OptionDescription option)
    {
        switch (option)
        {
            case { Default: null } or { Kind: OptionKind.NumberList or OptionKind.IntegerList or OptionKind.TextList }:
                break;
            case { Kind: OptionKind.Flag }:
                json.WriteBoolean("default", option.Default == "true");
                break;
            case { Kind: OptionKind.Number or OptionKind.Integer }:
                json.WriteNumber("default", double.Parse(option.Default, CultureInfo.InvariantCulture));
                break;
            default:
                json.WriteString("default", option.Default);
                break;
        }
    }

    private void WriteNames(string[] names) => WriteTexts("enum", names, asList: true);

    private void WriteTexts(string key, IReadOnlyList<string> texts, bool asList = false)
    {
        if (texts.Count == 1 && !asList)
        {
            json.WriteString(key, texts[0]);
            return;
        }

        json.WriteStartArray(key);
        foreach (string text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }
}
