using System.Globalization;
using Proximal.Recipes;
using Proximal.Recipes.Yaml;

namespace Proximal.Comparisons;

/// <summary>
/// Reads studies from YAML. A study is untrusted input: its size is bounded, and everything that is wrong with it is reported at once, with file,
/// line, key and value.
/// </summary>
public static class StudyReader
{
    private static readonly string[] Keys = ["name", "recipe", "seeds", "metric", "set", "variants"];

    private static readonly string[] VariantKeys = ["name", "recipe", "set"];

    /// <summary>Whether a file is a study: it has variants. What cannot be read is none.</summary>
    public static bool IsStudy(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        try
        {
            return RecipeDocument.ReadFile(path, []).Has("variants");
        }
        catch (RecipeException)
        {
            return false;
        }
    }

    /// <summary>Reads a file. Its name without extension is the study's name where it gives none, and its recipes lie relative to it or to the current folder.</summary>
    /// <exception cref="RecipeException">It cannot be used; every fault is listed.</exception>
    public static Study ReadFile(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        List<RecipeFault> faults = [];
        Study? study = YamlTree.Read(RecipeDocument.LoadBytes(path), path, faults) switch
        {
            null => null,
            YamlMapping root => new Reading(path, faults).Read(root, RecipeDocument.NameOf(path) ?? "study"),
            var other => Report<Study>(faults, other.Position, "", $"the study is {other.Describe()}, expected keys: {string.Join(", ", Keys)}"),
        };
        if (faults.Count == 0 && study!.FindFault() is { } fault)
        {
            faults.Add(new RecipeFault(new RecipePosition(path, 0), "", fault));
        }

        return faults.Count == 0 ? study! : throw new RecipeException([.. faults.OrderBy(f => f.Position.Line)]);
    }

    private static T? Report<T>(List<RecipeFault> faults, RecipePosition position, string key, string problem)
        where T : class
    {
        faults.Add(new RecipeFault(position, key, problem));
        return null;
    }

    private sealed class Reading(string path, List<RecipeFault> faults)
    {
        public Study Read(YamlMapping root, string name)
        {
            ReportUnknown(root, Keys, "");
            RecipeChange[] common = Changes(root, "");
            string? recipe = Recipe(root, "");
            return new Study
            {
                Name = Text(root, "name", "") ?? name,
                Metric = Text(root, "metric", "") ?? "",
                Seeds = Seeds(root) ?? [1, 2, 3],
                Variants = Variants(root, recipe, common),
            };
        }

        private List<StudyVariant> Variants(YamlMapping root, string? recipe, RecipeChange[] common)
        {
            List<StudyVariant> variants = [];
            if (root.Find("variants")?.Value is not YamlSequence { Items.Count: > 0 } list)
            {
                RecipePosition position = root.Find("variants")?.Position ?? root.Position;
                string found = root.Find("variants") is { } entry ? $"is {entry.Value.Describe()}" : "is missing";
                Report<object>(faults, position, "variants", $"'variants' {found}, expected a list whose elements have a name, and 'set' or 'recipe'");
                return variants;
            }

            for (int i = 0; i < list.Items.Count; i++)
            {
                string key = string.Create(CultureInfo.InvariantCulture, $"variants[{i}]");
                if (Variant(list.Items[i], key, recipe, common) is { } variant)
                {
                    variants.Add(variant);
                }
            }

            return variants;
        }

        private StudyVariant? Variant(YamlNode node, string key, string? recipe, RecipeChange[] common)
        {
            if (node is YamlScalar { Text.Length: > 0 } bare)
            {
                return Create(bare, key, bare.Text, recipe, common);
            }

            if (node is not YamlMapping mapping)
            {
                return Report<StudyVariant>(faults, node.Position, key, $"'{key}' is {node.Describe()}, expected a name, or keys: {string.Join(", ", VariantKeys)}");
            }

            ReportUnknown(mapping, VariantKeys, key + ".");
            string? own = Recipe(mapping, key + ".");
            string? name = Text(mapping, "name", key + ".");
            return name is null && mapping.Find("name") is null
                ? Report<StudyVariant>(faults, mapping.Position, $"{key}.name", $"'{key}.name' is missing, expected what the report calls it")
                : Create(mapping.Find("name")!.Value, key, name ?? "", own ?? recipe, [.. common, .. Changes(mapping, key + ".")]);
        }

        private StudyVariant? Create(YamlNode place, string key, string name, string? recipe, IReadOnlyList<RecipeChange> changes) =>
            recipe is null
                ? Report<StudyVariant>(faults, place.Position, $"{key}.recipe", $"'{key}.recipe' is missing, expected a recipe, here or as 'recipe' of the study")
                : new StudyVariant(name, recipe, changes);

        private RecipeChange[] Changes(YamlMapping mapping, string prefix) => mapping.Find("set") switch
        {
            null or { Value: YamlScalar { IsNull: true } } => [],
            { Value: YamlMapping changes } => [.. changes.Entries.Select(entry => new RecipeChange(entry.Key, entry.Value, entry.Position))],
            var entry => Report<RecipeChange[]>(
                faults, entry.Position, prefix + "set", $"'{prefix}set' is {entry.Value.Describe()}, expected keys of the recipe with values, as policy.clipping.high: 0.28") ?? [],
        };

        private string? Recipe(YamlMapping mapping, string prefix)
        {
            if (Text(mapping, "recipe", prefix) is not { } given)
            {
                return null;
            }

            string here = Path.GetFullPath(given), there = Path.GetFullPath(given, Path.GetDirectoryName(Path.GetFullPath(path))!);
            return File.Exists(there) ? there
                : File.Exists(here) ? here
                : Report<string>(faults, mapping.Find("recipe")!.Position, prefix + "recipe", $"'{prefix}recipe' is '{given}', expected a file; there is none at {there}");
        }

        private string? Text(YamlMapping mapping, string key, string prefix) => mapping.Find(key) switch
        {
            null => null,
            { Value: YamlScalar { Text.Length: > 0 } scalar } => scalar.Text,
            var entry => Report<string>(faults, entry.Position, prefix + key, $"'{prefix}{key}' is {entry.Value.Describe()}, expected a text"),
        };

        private IReadOnlyList<int>? Seeds(YamlMapping root)
        {
            if (root.Find("seeds") is not { } entry)
            {
                return null;
            }

            string text = entry.Value switch
            {
                YamlScalar scalar => scalar.Text,
                YamlSequence list when list.Items.TrueForAll(item => item is YamlScalar) => string.Join(',', list.Items.Select(item => ((YamlScalar)item).Text)),
                _ => "",
            };
            return SeedList.Parse(text) ?? Report<int[]>(faults, entry.Position, "seeds", $"'seeds' is {entry.Value.Describe()}, expected {SeedList.Expected}");
        }

        private void ReportUnknown(YamlMapping mapping, string[] known, string prefix)
        {
            foreach (YamlEntry entry in mapping.Entries.Where(entry => !known.Contains(entry.Key)))
            {
                string? nearest = EditDistance.Nearest(entry.Key, known);
                string hint = nearest is null ? "" : $"; did you mean '{nearest}'?";
                faults.Add(new RecipeFault(entry.Position, prefix + entry.Key, $"{YamlNode.Quote(prefix + entry.Key)} is not a known key{hint} (known: {string.Join(", ", known)})")
                {
                    Suggestion = nearest,
                });
            }
        }
    }
}
