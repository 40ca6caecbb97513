namespace Proximal.Studio.Library;

/// <summary>A key of two recipes.</summary>
/// <param name="Key">Its path.</param>
/// <param name="First">What the first recipe says; null where it has no such key.</param>
/// <param name="Second">What the second one says.</param>
internal sealed record RecipeLine(string Key, string? First, string? Second)
{
    public bool Differs => First != Second;

    /// <summary>All keys of two recipes, those of the first in its order, each of the second alone after the key that it follows.</summary>
    public static IReadOnlyList<RecipeLine> Compare(FlatRecipe first, FlatRecipe second)
    {
        List<string> keys = [.. first.Keys];
        HashSet<string> known = [.. keys];
        int place = 0;
        foreach (string key in second.Keys)
        {
            if (known.Add(key))
            {
                keys.Insert(place++, key);
            }
            else
            {
                place = keys.IndexOf(key) + 1;
            }
        }

        return [.. keys.Select(key => new RecipeLine(key, first[key], second[key]))];
    }
}
