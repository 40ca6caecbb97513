using Proximal.Control.Algorithms;
using Proximal.Control.Recipes;
using Proximal.Control.Recipes.Explanations;
using Proximal.Recipes;

namespace Proximal.Control.Tests.Recipes;

/// <summary>The control recipes of the repository and the schema next to them. <c>PROXIMAL_UPDATE_SCHEMA=1 dotnet test</c> writes the schema anew.</summary>
public sealed class RepositoryRecipesTests
{
    private static readonly ControlCatalog Components = ControlCatalog.CreateDefault();

    public static TheoryData<string> Recipes { get; } = [.. Repository.ControlRecipes];

    [Fact]
    public void The_editor_schema_is_that_of_the_catalog()
    {
        string path = Path.Combine(Repository.Recipes, "control", "recipe.schema.json"), schema = ControlRecipeSchema.Write(Components);
        if (Environment.GetEnvironmentVariable("PROXIMAL_UPDATE_SCHEMA") == "1")
        {
            File.WriteAllText(path, schema);
        }

        Assert.Equal(schema, File.ReadAllText(path));
    }

    [Theory]
    [MemberData(nameof(Recipes))]
    public void A_recipe_reads_is_stored_without_loss_and_has_an_explanation(string name)
    {
        string path = Path.Combine(Repository.Recipes, name);
        ControlRecipeReader reader = new(Components);
        ControlRecipe recipe = reader.ReadFile(path);

        Assert.StartsWith("# yaml-language-server: $schema=", File.ReadLines(path).First(), StringComparison.Ordinal);
        Assert.Equal(recipe, reader.Read(ControlRecipeWriter.Write(recipe)));
        Assert.All(ControlExplanation.Describe(recipe).Split('\n'), line => Assert.InRange(line.Length, 0, 80));
    }

    [Fact]
    public void Every_algorithm_and_wrapper_has_a_summary_and_every_algorithm_its_formula_and_source()
    {
        Assert.All(Components.All.SelectMany(catalog => catalog.Components), component => Assert.EndsWith(".", component.Info.Summary, StringComparison.Ordinal));
        Assert.All(Components.Algorithms.Definitions, algorithm =>
        {
            Assert.NotEmpty(algorithm.Info.Formula);
            Assert.NotEmpty(algorithm.Info.Reference);
            Assert.NotEmpty(new ComponentChoice(algorithm).Create<Algorithm>().Arithmetic(1000));
        });
    }
}
