using System.Globalization;
using System.Text.Json;
using Proximal.Recipes.Yaml;

namespace Proximal.Recipes.Sections;

/// <summary>Turns YAML into components and collects everything that is wrong on the way.</summary>
internal sealed class RecipeBinding(IRecipeComponents components, List<RecipeFault> faults)
{
    /// <summary>Stands for a component that the recipe must name and does not.</summary>
    public static ComponentChoice Unset { get; } = new(new ComponentDefinition<object, NoOptions>(
        new ComponentInfo("unset", new Seam("unset"), "", "", ""), NoOptions.Schema, options => options));

    public IRecipeComponents Components { get; } = components;

    public int FaultCount => faults.Count;

    public static string Join(string path, string key) => path.Length == 0 ? key : $"{path}.{key}";

    public void Report(RecipePosition position, string path, string problem, string? suggestion = null) =>
        faults.Add(new RecipeFault(position, path, problem) { Suggestion = suggestion });

    public void ReportValue(YamlNode node, string path, string expected) =>
        Report(node.Position, path, $"'{path}' is {node.Describe()}, expected {expected}");

    /// <summary>Reports the keys of a mapping that are not among the known ones.</summary>
    public void ReportUnknownKeys(YamlMapping mapping, string path, IReadOnlyList<string> known)
    {
        foreach (YamlEntry entry in mapping.Entries.Where(e => !known.Contains(e.Key)))
        {
            string full = Join(path, entry.Key);
            ReportUnknown(entry.Position, full, $"{YamlNode.Quote(full)} is not a known key", entry.Key, known);
        }
    }

    /// <summary>Sets the options that a mapping gives; faults are reported and leave the option as it was.</summary>
    public TOptions ReadOptions<TOptions>(YamlMapping mapping, string path, OptionSchema schema, TOptions options)
        where TOptions : class
    {
        int before = FaultCount;
        foreach (OptionDescription option in schema.Options)
        {
            if (mapping.Find(option.Key) is not { Value: not YamlScalar { IsNull: true } } entry)
            {
                continue;
            }

            if (OptionParser.Parse(entry.Value, option) is { } value)
            {
                options = (TOptions)schema.With(options, option.Key, value);
            }
            else
            {
                ReportOption(entry.Value, Join(path, option.Key), option);
            }
        }

        if (FaultCount == before && schema.FindFault(options) is { } fault)
        {
            ReportRule(mapping, path, schema, fault);
        }

        return options;
    }

    /// <summary>Reads a component: a bare name, a mapping with a name, or a mapping without one that changes options of the current component.</summary>
    public ComponentChoice ReadComponent(YamlNode node, string path, Seam seam, ComponentChoice? current, bool weighted = false)
    {
        ComponentCatalog? catalog = Components[seam];
        if (node is YamlScalar { Text.Length: > 0 } name)
        {
            return Find(name, path, catalog, seam) is { } named ? new ComponentChoice(named) { Position = node.Position } : current ?? Unset;
        }

        if (node is not YamlMapping mapping)
        {
            ReportValue(node, path, $"a component of {seam}: its name, or a mapping with 'name' and options");
            return current ?? Unset;
        }

        ComponentDefinition? definition = current == Unset ? null : current?.Definition;
        object? options = current?.Options;
        if (mapping.Find("name") is { } entry)
        {
            definition = Find(entry.Value, Join(path, "name"), catalog, seam);
            options = definition?.Options.CreateDefaults();
            if (definition is null)
            {
                return current ?? Unset;
            }
        }

        if (definition is null || options is null)
        {
            Report(mapping.Position, Join(path, "name"), $"'{Join(path, "name")}' is missing, expected {Expected(catalog)}");
            return current ?? Unset;
        }

        bool ownWeight = definition.Options.Options.Any(o => o.Key == WeightOption.Key);
        IEnumerable<string> extra = weighted && !ownWeight ? ["name", WeightOption.Key] : ["name"];
        ReportUnknownKeys(mapping, path, [.. extra, .. definition.Options.Options.Select(o => o.Key)]);
        int before = FaultCount;
        options = ReadOptions(mapping, path, definition.Options, options);
        double weight = weighted && !ownWeight ? ReadWeight(mapping, path, current?.Weight ?? 1) : 1;
        return FaultCount > before ? current ?? Unset : new ComponentChoice(definition, options) { Weight = weight, Position = node.Position };
    }

    /// <summary>Reads a list of components, or changes single elements of the current list.</summary>
    public ComponentList ReadComponents(YamlNode node, string path, Seam seam, ComponentList current, bool weighted)
    {
        switch (node)
        {
            case YamlSequence list:
                return [.. list.Items.Select((item, i) => ReadComponent(item, Element(path, i), seam, null, weighted))];

            case YamlListPatch patch:
                List<ComponentChoice> choices = [.. current];
                foreach ((int index, YamlNode item) in patch.Items)
                {
                    if (index > choices.Count)
                    {
                        string expected = string.Create(CultureInfo.InvariantCulture, $"expected an index of at most {choices.Count}");
                        Report(item.Position, Element(path, index), $"'{Element(path, index)}' does not exist, {expected}");
                        continue;
                    }

                    ComponentChoice choice = ReadComponent(item, Element(path, index), seam, index < choices.Count ? choices[index] : null, weighted);
                    if (index < choices.Count)
                    {
                        choices[index] = choice;
                    }
                    else
                    {
                        choices.Add(choice);
                    }
                }

                return [.. choices];

            default:
                ReportValue(node, path, $"a list of components of {seam}");
                return current;
        }
    }

    /// <summary>The factor of a component in a weighted list.</summary>
    internal static OptionDescription WeightOption { get; } = new("weight", OptionKind.Number, "Factor of this term in the sum, or share of this task in the mixture.", null, null, [], "1");

    private static string Element(string path, int index) => string.Create(CultureInfo.InvariantCulture, $"{path}[{index}]");

    private static string Expected(ComponentCatalog? catalog) =>
        catalog is { Components.Count: > 0 } ? "one of " + string.Join(", ", catalog.Components.Select(d => d.Info.Key)) : "the name of a component";

    private ComponentDefinition? Find(YamlNode name, string path, ComponentCatalog? catalog, Seam seam)
    {
        if (name is not YamlScalar { Text: { Length: > 0 } text })
        {
            ReportValue(name, path, Expected(catalog));
            return null;
        }

        if (catalog?.Find(text) is { } definition)
        {
            return definition;
        }

        ReportUnknown(
            name.Position, path, $"'{path}' is {name.Describe()}, which is no component of {seam}", text, [.. catalog?.Components.Select(d => d.Info.Key) ?? []]);
        return null;
    }

    private void ReportUnknown(RecipePosition position, string path, string problem, string text, IReadOnlyList<string> known)
    {
        string? nearest = EditDistance.Nearest(text, known);
        string hint = nearest is null ? "" : $"; did you mean '{nearest}'?";
        faults.Add(new RecipeFault(position, path, problem + hint) { Suggestion = nearest, Known = known });
    }

    private double ReadWeight(YamlMapping mapping, string path, double current)
    {
        if (mapping.Find(WeightOption.Key) is not { Value: not YamlScalar { IsNull: true } } entry)
        {
            return current;
        }

        if (OptionParser.Parse(entry.Value, WeightOption) is double weight)
        {
            return weight;
        }

        ReportOption(entry.Value, Join(path, WeightOption.Key), WeightOption);
        return current;
    }

    private void ReportOption(YamlNode node, string path, OptionDescription option)
    {
        string? nearest = option.Kind == OptionKind.Choice && node is YamlScalar scalar ? EditDistance.Nearest(scalar.Text, option.Choices) : null;
        string hint = nearest is null ? "" : $"; did you mean '{nearest}'?";
        Report(node.Position, path, $"'{path}' is {node.Describe()}, expected {OptionParser.Expected(option)}{hint}", nearest);
    }

    /// <summary>A rule's sentence starts with the key in quotes, or with the property of the options record that has this key: it gets the key's full path and line.</summary>
    private void ReportRule(YamlMapping mapping, string path, OptionSchema schema, string fault)
    {
        string first = fault.Split(' ', '[', '.')[0], key = first.Length > 1 && first[0] == '\'' ? first.Trim('\'') : JsonNamingPolicy.KebabCaseLower.ConvertName(first);
        if (schema.Options.All(o => o.Key != key))
        {
            Report(mapping.Position, path, path.Length == 0 ? fault : $"'{path}': {fault}");
            return;
        }

        string full = Join(path, key);
        Report(mapping.Find(key)?.Value.Position ?? mapping.Position, full, $"'{full}'{fault[first.Length..]}");
    }
}
