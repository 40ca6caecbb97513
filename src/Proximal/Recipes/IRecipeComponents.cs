namespace Proximal.Recipes;

/// <summary>The components that recipes can name, by seam.</summary>
public interface IRecipeComponents
{
    /// <summary>The components of a seam, or null when it has none.</summary>
    ComponentCatalog? this[Seam seam] { get; }
}
