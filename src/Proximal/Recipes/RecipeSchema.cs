using Proximal.Recipes.Sections;

namespace Proximal.Recipes;

/// <summary>The JSON schema of recipes (draft 2020-12), with which editors complete, explain and check them.</summary>
public static class RecipeSchema
{
    /// <summary>The schema of recipes over these components. The same components give the same bytes.</summary>
    public static string Write(IRecipeComponents components)
    {
        ArgumentNullException.ThrowIfNull(components);
        return SchemaDocument.Write("Proximal recipe", RecipeSections.Root, ["task"], components, Seam.Rewards, Seam.Tasks);
    }
}
