using Proximal.Recipes;

namespace Proximal.Control.Environments;

/// <summary>The wrappers that recipes can name.</summary>
public static class WrapperModule
{
    /// <summary>Adds all of them.</summary>
    public static void Register(ComponentCatalog<Wrapper> catalog) => ArgumentNullException.ThrowIfNull(catalog);
}
