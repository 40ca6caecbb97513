namespace Proximal.Recipes.Yaml;

/// <summary>Keys with values in the order of the file; every key is there once.</summary>
internal sealed class YamlMapping(RecipePosition position) : YamlNode(position)
{
    private readonly List<YamlEntry> entries = [];
    private readonly Dictionary<string, int> places = new(StringComparer.Ordinal);

    public IReadOnlyList<YamlEntry> Entries => entries;

    /// <summary>The entry of a key; null when it is absent.</summary>
    public YamlEntry? Find(string key) => places.TryGetValue(key, out int place) ? entries[place] : null;

    /// <summary>Adds an entry or puts it in place of the one with the same key.</summary>
    public void Set(YamlEntry entry)
    {
        if (places.TryGetValue(entry.Key, out int place))
        {
            entries[place] = entry;
        }
        else
        {
            places.Add(entry.Key, entries.Count);
            entries.Add(entry);
        }
    }

    /// <inheritdoc/>
    public override string Describe() => "a mapping";
}
