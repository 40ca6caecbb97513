using System.Globalization;
using Proximal.Recipes;

namespace Proximal.Comparisons;

/// <summary>What is compared: variants, of which the first is the baseline, each trained with every seed.</summary>
public sealed record Study
{
    /// <summary>Most variants of a study.</summary>
    public const int MaximumVariants = 64;

    /// <summary>What the study is called; the default name of its folder.</summary>
    public required string Name { get; init; }

    /// <summary>The variants; the first is the baseline.</summary>
    public required IReadOnlyList<StudyVariant> Variants { get; init; }

    /// <summary>The seeds that every variant is trained with.</summary>
    public IReadOnlyList<int> Seeds { get; init; } = [1, 2, 3];

    /// <summary>The metric that decides, of which more is better; empty for the one that held-out problems or episodes give.</summary>
    public string Metric { get; init; } = "";

    /// <summary>Looks for what is wrong with the study itself; the recipes are not read.</summary>
    /// <returns>A sentence, or null when all is well.</returns>
    public string? FindFault()
    {
        if (!IsName(Name))
        {
            return $"'name' is '{Name}', expected {NameRule}";
        }

        if (Variants.Count is 0 or > MaximumVariants)
        {
            return string.Create(CultureInfo.InvariantCulture, $"the study has {Variants.Count} variants, expected 1 to {MaximumVariants}");
        }

        if (Seeds.Count is 0 or > SeedList.Maximum || Seeds.Any(seed => seed < 0) || Seeds.Distinct().Count() != Seeds.Count)
        {
            return $"'seeds' is [{string.Join(", ", Seeds)}], expected 1 to {SeedList.Maximum} different seeds from 0";
        }

        HashSet<string> names = new(StringComparer.OrdinalIgnoreCase);
        return Variants.FirstOrDefault(variant => !IsName(variant.Name) || !names.Add(variant.Name)) is not { } wrong ? null
            : IsName(wrong.Name) ? $"two variants are called '{wrong.Name}', expected different names"
            : $"a variant is called '{wrong.Name}', expected {NameRule}";
    }

    internal const string NameRule = "at most 100 letters, digits, '-', '_' and '.', not starting with '.'";

    internal static bool IsName(string name) => RecipeDocument.IsFileName(name);
}
