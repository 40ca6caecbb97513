using Proximal.Recipes;

namespace Proximal.Comparisons;

/// <summary>Reads the recipes of a study.</summary>
internal static class StudyRecipes
{
    /// <summary>The recipe of every variant, in order.</summary>
    /// <typeparam name="T">Kind of recipe.</typeparam>
    /// <param name="study">The study.</param>
    /// <param name="read">Reads one.</param>
    /// <exception cref="ArgumentException">The study cannot be.</exception>
    /// <exception cref="RecipeException">A recipe cannot be used; every fault of all of them is listed once.</exception>
    public static IReadOnlyList<(StudyVariant Variant, T Recipe)> Read<T>(Study study, Func<StudyVariant, T> read)
    {
        ArgumentNullException.ThrowIfNull(study);
        if (study.FindFault() is { } fault)
        {
            throw new ArgumentException(fault, nameof(study));
        }

        List<(StudyVariant, T)> recipes = [];
        List<RecipeFault> faults = [];
        foreach (StudyVariant variant in study.Variants)
        {
            try
            {
                recipes.Add((variant, read(variant)));
            }
            catch (RecipeException exception)
            {
                faults.AddRange(exception.Faults);
            }
        }

        return faults.Count == 0 ? recipes : throw new RecipeException([.. faults.DistinctBy(fault => fault.ToString())]);
    }
}
