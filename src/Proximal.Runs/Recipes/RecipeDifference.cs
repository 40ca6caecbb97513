using System.Globalization;
using Proximal.Recipes.Yaml;

namespace Proximal.Recipes;

/// <summary>A key at which two recipes differ.</summary>
/// <param name="Key">Its path, as <c>policy.regularizers[0].coefficient</c>.</param>
/// <param name="First">What the first recipe says, for messages.</param>
/// <param name="Second">What the second one says.</param>
internal sealed record RecipeDifference(string Key, string First, string Second)
{
    /// <summary>The first difference between two recipes that were written in full; null when they say the same.</summary>
    /// <param name="first">A recipe as YAML.</param>
    /// <param name="firstSource">Its file.</param>
    /// <param name="second">Another one.</param>
    /// <param name="ignored">Paths of keys that may differ.</param>
    /// <exception cref="InvalidDataException">The first one is no YAML.</exception>
    public static RecipeDifference? Find(string first, string firstSource, string second, IReadOnlySet<string> ignored) =>
        FindAll(first, firstSource, second, ignored).FirstOrDefault();

    /// <summary>The differences between two recipes that were written in full, in the order of their keys.</summary>
    /// <param name="first">A recipe as YAML.</param>
    /// <param name="firstSource">Its file.</param>
    /// <param name="second">Another one.</param>
    /// <param name="ignored">Paths of keys that may differ.</param>
    /// <exception cref="InvalidDataException">The first one is no YAML.</exception>
    public static IEnumerable<RecipeDifference> FindAll(string first, string firstSource, string second, IReadOnlySet<string> ignored)
    {
        List<RecipeFault> faults = [];
        YamlNode? stored = YamlTree.Read(first, firstSource, hasLines: true, faults);
        return faults.Count > 0
            ? throw new InvalidDataException(faults[0].ToString())
            : Compare(stored, YamlTree.Read(second, "recipe", hasLines: true, faults), "", ignored);
    }

    private static IEnumerable<RecipeDifference> Compare(YamlNode? first, YamlNode? second, string path, IReadOnlySet<string> ignored) => (first, second) switch
    {
        _ when ignored.Contains(path) => [],
        (YamlMapping a, YamlMapping b) => a.Entries.Select(entry => entry.Key).Union(b.Entries.Select(entry => entry.Key))
            .SelectMany(key => Compare(a.Find(key)?.Value, b.Find(key)?.Value, path.Length == 0 ? key : $"{path}.{key}", ignored)),
        (YamlSequence a, YamlSequence b) => Enumerable.Range(0, Math.Max(a.Items.Count, b.Items.Count))
            .SelectMany(i => Compare(a.Items.ElementAtOrDefault(i), b.Items.ElementAtOrDefault(i), string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]"), ignored)),
        (YamlScalar a, YamlScalar b) when a.Text == b.Text => [],
        (null, null) => [],
        _ => [new RecipeDifference(path, Describe(first), Describe(second))],
    };

    /// <summary>A component by its name: without options it is written as the bare name, with options as a mapping.</summary>
    private static string Describe(YamlNode? node) => node switch
    {
        null => "not there",
        YamlMapping mapping when mapping.Find("name") is { } name => name.Value.Describe(),
        _ => node.Describe(),
    };
}
