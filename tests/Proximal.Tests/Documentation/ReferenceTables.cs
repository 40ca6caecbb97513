using System.Text;
using System.Text.Json;
using Proximal.Control.Recipes;
using Proximal.Recipes;

namespace Proximal.Tests.Documentation;

/// <summary>The tables of the documentation, from the schema of recipes and the catalog of components.</summary>
internal static class ReferenceTables
{
    private static readonly Catalog Catalog = Catalog.CreateDefault();

    private static readonly ControlCatalog Control = ControlCatalog.CreateDefault();

    private static readonly Dictionary<string, Func<string>> Tables = new()
    {
        ["recipe keys"] = () => Keys(RecipeSchema.Write(Catalog)),
        ["component options"] = () => Options(Catalog.All.Where(c => c.Seam != Seam.Objectives)),
        ["components"] = Components,
        ["presets"] = () => ComponentTable(Catalog[Seam.Objectives]!),
        ["control recipe keys"] = () => Keys(ControlRecipeSchema.Write(Control)),
        ["control component options"] = () => Options(Control.All),
        ["environments"] = () => ComponentTable(Control.Environments),
        ["wrappers"] = () => ComponentTable(Control.Wrappers),
        ["algorithms"] = () => ComponentTable(Control.Algorithms),
    };

    /// <summary>A document with every generated part made anew: what stands between <c>begin: NAME</c> and <c>end</c>.</summary>
    public static string Fill(string document)
    {
        StringBuilder filled = new();
        int at = 0;
        for (int begin = document.IndexOf("<!-- begin: ", StringComparison.Ordinal); begin >= 0; begin = document.IndexOf("<!-- begin: ", at, StringComparison.Ordinal))
        {
            int body = document.IndexOf("-->", begin, StringComparison.Ordinal) + 3;
            string name = document[(begin + 12)..(body - 3)].Trim();
            filled.Append(document, at, body - at).Append('\n').Append(Content(name)).Append('\n');
            at = document.IndexOf("<!-- end -->", body, StringComparison.Ordinal);
        }

        return filled.Append(document, at, document.Length - at).ToString();
    }

    /// <summary>Kind and range of the values of an option.</summary>
    public static string Values(OptionDescription option)
    {
        string kind = option.Kind == OptionKind.Choice ? string.Join(", ", option.Choices.Select(c => $"`{c}`")) : option.Kind.ToString().ToLowerInvariant();
        string range = Range(option);
        return range.Length == 0 ? kind : $"{kind}, {range}";
    }

    private static string Content(string name) => Tables.TryGetValue(name, out Func<string>? table)
        ? table().TrimEnd()
        : $"```csharp\n{File.ReadAllText(Path.Combine(Repository.Root, name)).TrimEnd()}\n```";

    private static string Keys(string recipeSchema)
    {
        using JsonDocument schema = JsonDocument.Parse(recipeSchema);
        StringBuilder text = new();
        WriteSection(text, "", "Top level", schema.RootElement);
        return text.ToString();
    }

    private static void WriteSection(StringBuilder text, string path, string title, JsonElement section)
    {
        text.Append("### ").Append(title).Append("\n\n");
        if (path.Length > 0)
        {
            text.Append(Cell(section.GetProperty("description").GetString()!)).Append("\n\n");
        }

        text.Append("| key | type | default | range | meaning |\n|---|---|---|---|---|\n");
        foreach (JsonProperty property in section.GetProperty("properties").EnumerateObject().Where(p => !IsSection(p.Value)))
        {
            text.Append($"| `{property.Name}` | {Type(property.Value)} | {Default(property.Value)} | {Range(property.Value)} | {Cell(property.Value.GetProperty("description").GetString()!)} |\n");
        }

        text.Append('\n');
        foreach (JsonProperty property in section.GetProperty("properties").EnumerateObject().Where(p => IsSection(p.Value)))
        {
            string inner = path.Length == 0 ? property.Name : $"{path}.{property.Name}";
            WriteSection(text, inner, $"`{inner}`", property.Value);
        }
    }

    private static bool IsSection(JsonElement value) => value.TryGetProperty("properties", out _);

    private static string Type(JsonElement value)
    {
        if (value.TryGetProperty("$ref", out JsonElement reference))
        {
            return $"component of {SeamLink(reference)}";
        }

        if (value.TryGetProperty("anyOf", out JsonElement alternatives))
        {
            string names = string.Join(", ", alternatives[0].GetProperty("enum").EnumerateArray().Select(name => $"`{name.GetString()}`"));
            return $"{names} or component of {SeamLink(alternatives[1].GetProperty("$ref"))}";
        }

        if (value.TryGetProperty("enum", out JsonElement choices))
        {
            return string.Join(", ", choices.EnumerateArray().Select(choice => $"`{choice.GetString()}`"));
        }

        if (value.TryGetProperty("items", out JsonElement items) && items.TryGetProperty("$ref", out JsonElement element))
        {
            return $"list of components of {SeamLink(element)}";
        }

        JsonElement type = value.GetProperty("type");
        return type.ValueKind == JsonValueKind.String ? type.GetString()! : type[0].GetString()!;
    }

    private static string SeamLink(JsonElement reference)
    {
        string seam = reference.GetString()!["#/$defs/".Length..];
        return $"[{seam}](#{seam})";
    }

    private static string Default(JsonElement value) => value.TryGetProperty("default", out JsonElement standard) && standard.ToString().Length > 0
        ? $"`{(standard.ValueKind is JsonValueKind.True or JsonValueKind.False ? standard.GetRawText() : standard.ToString())}`"
        : "";

    private static string Range(JsonElement value) => (value.TryGetProperty("minimum", out JsonElement low), value.TryGetProperty("maximum", out JsonElement high)) switch
    {
        (true, true) => $"{low} to {high}",
        (true, false) => $"at least {low}",
        (false, true) => $"at most {high}",
        _ => "",
    };

    private static string Options(IEnumerable<ComponentCatalog> seams)
    {
        StringBuilder text = new();
        foreach (ComponentCatalog seam in seams)
        {
            text.Append($"### {seam.Seam}\n\n");
            text.Append("| name | option | type | default | range | meaning |\n|---|---|---|---|---|---|\n");
            foreach (ComponentDefinition component in seam.Components)
            {
                string name = $"`{component.Info.Key}`";
                if (component.Options.Options.Count == 0)
                {
                    text.Append($"| {name} | | | | | {Cell(component.Info.Summary)} |\n");
                }

                foreach (OptionDescription option in component.Options.Options)
                {
                    string type = option.Kind == OptionKind.Choice ? string.Join(", ", option.Choices.Select(c => $"`{c}`")) : option.Kind.ToString().ToLowerInvariant();
                    string standard = string.IsNullOrEmpty(option.Default) ? "" : $"`{option.Default}`";
                    text.Append($"| {name} | `{option.Key}` | {type} | {standard} | {Range(option)} | {Cell(option.Description)} |\n");
                    name = "";
                }
            }

            text.Append('\n');
        }

        return text.ToString();
    }

    private static string Range(OptionDescription option) => (option.Minimum, option.Maximum) switch
    {
        ({ } low, { } high) => FormattableString.Invariant($"{low:R} to {high:R}"),
        ({ } low, null) => FormattableString.Invariant($"at least {low:R}"),
        (null, { } high) => FormattableString.Invariant($"at most {high:R}"),
        _ => "",
    };

    private static string Components()
    {
        StringBuilder text = new();
        foreach (ComponentCatalog seam in Catalog.All.Where(c => c.Seam != Seam.Objectives))
        {
            text.Append($"### {seam.Seam}\n\n").Append(ComponentTable(seam)).Append('\n');
        }

        return text.ToString();
    }

    private static string ComponentTable(ComponentCatalog seam)
    {
        bool cites = seam.Components.Any(component => component.Info.Reference.Length > 0);
        StringBuilder text = new(cites ? "| name | what it does | source |\n|---|---|---|\n" : "| name | what it does |\n|---|---|\n");
        foreach (ComponentDefinition component in seam.Components)
        {
            text.Append($"| `{component.Info.Key}` | {Cell(component.Info.Summary)} |{(cites ? $" {Cell(component.Info.Reference)} |" : "")}\n");
        }

        return text.ToString();
    }

    private static string Cell(string text) => text.ReplaceLineEndings(" ").Replace("|", "\\|", StringComparison.Ordinal);
}
