using System.Globalization;

namespace Proximal.Comparisons;

/// <summary>Seeds as people write them: <c>1-3,7</c>.</summary>
public static class SeedList
{
    /// <summary>Most seeds of a comparison.</summary>
    public const int Maximum = 1000;

    /// <summary>What is expected, for messages.</summary>
    public const string Expected = "seeds from 0 with commas and ranges, as in 1-3 or 1,4,7";

    /// <summary>The seeds in rising order, each once; null where the text is none or names more than <see cref="Maximum"/>.</summary>
    public static IReadOnlyList<int>? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        SortedSet<int> seeds = [];
        foreach (string part in text.Split(','))
        {
            string[] ends = part.Split('-');
            if (ends.Length > 2 || !TryParse(ends[0], out int first) || !TryParse(ends[^1], out int last) || last < first || last - first >= Maximum)
            {
                return null;
            }

            seeds.UnionWith(Enumerable.Range(first, last - first + 1));
        }

        return seeds.Count <= Maximum ? [.. seeds] : null;
    }

    /// <summary>The seeds as text: <c>1-3, 7</c>.</summary>
    public static string Format(IReadOnlyList<int> seeds)
    {
        ArgumentNullException.ThrowIfNull(seeds);
        List<string> parts = [];
        for (int start = 0, end; start < seeds.Count; start = end)
        {
            end = start + 1;
            while (end < seeds.Count && seeds[end] == seeds[end - 1] + 1)
            {
                end++;
            }

            string first = seeds[start].ToString(CultureInfo.InvariantCulture), last = seeds[end - 1].ToString(CultureInfo.InvariantCulture);
            parts.Add(end - start == 1 ? first : end - start == 2 ? $"{first}, {last}" : $"{first}-{last}");
        }

        return string.Join(", ", parts);
    }

    private static bool TryParse(string text, out int seed) => int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out seed) && seed < int.MaxValue;
}
