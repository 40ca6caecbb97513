namespace Proximal.Recipes;

/// <summary>A recipe that cannot be used, with everything that is wrong with it.</summary>
public sealed class RecipeException : Exception
{
    /// <summary>A recipe with these faults.</summary>
    public RecipeException(IReadOnlyList<RecipeFault> faults)
        : base(string.Join('\n', faults)) => Faults = faults;

    /// <summary>The faults in the order of the file, one line each.</summary>
    public IReadOnlyList<RecipeFault> Faults { get; }
}
