using Proximal.Recipes;
using Proximal.Recipes.Sections;

namespace Proximal.Control.Recipes;

/// <summary>The JSON schema of control recipes (draft 2020-12), with which editors complete, explain and check them.</summary>
public static class ControlRecipeSchema
{
    /// <summary>The schema of recipes over these components. The same components give the same bytes.</summary>
    public static string Write(IRecipeComponents components)
    {
        ArgumentNullException.ThrowIfNull(components);
        return SchemaDocument.Write("Proximal control recipe", ControlSections.Root, ["environment", "algorithm"], components);
    }
}
