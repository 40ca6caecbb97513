using Proximal.Recipes;
using Proximal.Recipes.Explanations;

namespace Proximal.Tests.Recipes;

/// <summary>The recipes of the repository and the schema next to them. <c>PROXIMAL_UPDATE_SCHEMA=1 dotnet test</c> writes the schema anew.</summary>
public sealed class RepositoryRecipesTests
{
    private static readonly Catalog Components = Catalog.CreateDefault();

    private static string Folder { get; } = Path.Combine(Repository.Root, "recipes");

    [Fact]
    public void The_editor_schema_is_that_of_the_catalog()
    {
        string path = Path.Combine(Folder, "recipe.schema.json"), schema = RecipeSchema.Write(Components);
        if (Environment.GetEnvironmentVariable("PROXIMAL_UPDATE_SCHEMA") == "1")
        {
            File.WriteAllText(path, schema);
        }

        Assert.Equal(schema, File.ReadAllText(path));
    }

    [Fact]
    public void Every_recipe_reads_and_is_stored_without_loss()
    {
        RecipeReader reader = new(Components);
        foreach (string path in Repository.LanguageRecipes)
        {
            Recipe recipe = reader.ReadFile(path);

            Assert.StartsWith("# yaml-language-server: $schema=", File.ReadLines(path).First(), StringComparison.Ordinal);
            Assert.Equal(recipe, reader.Read(RecipeWriter.Write(recipe)));
            Assert.All(RecipeExplanation.Describe(recipe).Split('\n'), line => Assert.InRange(line.Length, 0, 80));
        }
    }

    [Fact]
    public void Every_objective_reads_and_is_stored_without_loss()
    {
        RecipeReader reader = new(Components);
        foreach (ComponentDefinition objective in Components.Objectives.Components)
        {
            Recipe recipe = reader.Read($"task: countdown\npolicy: {{ objective: {objective.Info.Key} }}");

            Assert.Equal(recipe, reader.Read(RecipeWriter.Write(recipe)));
        }
    }
}
