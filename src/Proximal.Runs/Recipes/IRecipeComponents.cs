namespace Proximal.Recipes;

/// <summary>The components that recipes can name, by seam.</summary>
public interface IRecipeComponents
{
    /// <summary>Every seam's catalog, in the order in which people see them.</summary>
    IReadOnlyCollection<ComponentCatalog> All { get; }

    /// <summary>The components of a seam, or null when it has none.</summary>
    ComponentCatalog? this[Seam seam] { get; }
}
