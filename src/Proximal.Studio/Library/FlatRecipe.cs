using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Proximal.Recipes;
using Proximal.Recipes.Yaml;

namespace Proximal.Studio.Library;

/// <summary>
/// A recipe as keys with values, as <c>policy.clipping.high</c> with <c>0.28</c>. The name of a component stands at the key of its seam, whether
/// it was written alone or with options.
/// </summary>
internal sealed class FlatRecipe
{
    /// <summary>Keys in which runs of one method differ without being another method: seeds of a band differ in these.</summary>
    private static readonly string[] NotTheMethod = ["name", "seed", "workers", "checkpoints"];

    private readonly Dictionary<string, string> values = new(StringComparer.Ordinal);
    private readonly List<string> keys = [];

    private FlatRecipe()
    {
    }

    /// <summary>The keys in the order of the recipe.</summary>
    public IReadOnlyList<string> Keys => keys;

    /// <summary>What stays the same over the seeds of a method: equal for two recipes that differ in name, seed, workers and checkpoints alone.</summary>
    public string Group { get; private set; } = "";

    /// <summary>The value of a key; null where the recipe has none.</summary>
    public string? this[string key] => values.GetValueOrDefault(key);

    /// <summary>Reads a recipe.</summary>
    /// <exception cref="InvalidDataException">It is no YAML; names the place.</exception>
    public static FlatRecipe Parse(string yaml, string source)
    {
        List<RecipeFault> faults = [];
        YamlNode? root = YamlTree.Read(yaml, source, hasLines: true, faults);
        if (faults.Count > 0)
        {
            throw new InvalidDataException(faults[0].ToString());
        }

        FlatRecipe recipe = new();
        recipe.Add("", root);
        StringBuilder method = new();
        foreach (string key in recipe.keys.Where(key => !NotTheMethod.Any(free => key == free || key.StartsWith(free + ".", StringComparison.Ordinal))))
        {
            method.Append(key).Append('\0').Append(recipe.values[key]).Append('\0');
        }

        recipe.Group = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(method.ToString())))[..12];
        return recipe;
    }

    private void Add(string path, YamlNode? node)
    {
        switch (node)
        {
            case YamlMapping mapping:
                foreach (YamlEntry entry in mapping.Entries)
                {
                    bool namesComponent = entry.Key == "name" && path.Length > 0 && entry.Value is YamlScalar;
                    Add(namesComponent ? path : path.Length == 0 ? entry.Key : $"{path}.{entry.Key}", entry.Value);
                }

                break;
            case YamlSequence { Items.Count: 0 }:
                Set(path, "none");
                break;
            case YamlSequence sequence:
                for (int i = 0; i < sequence.Items.Count; i++)
                {
                    Add(string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]"), sequence.Items[i]);
                }

                break;
            case YamlScalar scalar:
                Set(path, scalar.Text);
                break;
        }
    }

    private void Set(string key, string value)
    {
        if (values.TryAdd(key, value))
        {
            keys.Add(key);
        }
    }
}
