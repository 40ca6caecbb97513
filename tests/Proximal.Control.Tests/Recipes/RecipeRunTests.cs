using Proximal.Control.Recipes;
using Proximal.Control.Runs;
using Proximal.Control.Tests.Runs;
using Proximal.Runs;

namespace Proximal.Control.Tests.Recipes;

/// <summary>Every control recipe of the repository runs for a few steps, to a policy that can be loaded and plays as the one that was trained.</summary>
public sealed class RecipeRunTests
{
    private static string Folder => Path.Combine(Repository.Root, "recipes", "control");

    /// <summary>The recipes, by their path below the folder; those whose data set is not in the repository are left out.</summary>
    public static TheoryData<string> Recipes { get; } = [.. Directory.EnumerateFiles(Folder, "*.yaml", SearchOption.AllDirectories)
        .Where(HasItsData)
        .Select(path => Path.GetRelativePath(Folder, path).Replace('\\', '/'))
        .Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Recipes))]
    public void Runs_to_a_policy_that_plays_as_it_did(string path)
    {
        using TemporaryFolder folder = new();
        string file = Path.Combine(Folder, path);
        ControlRecipe recipe = ControlRecipePaths.Locate(
            new ControlRecipeReader(ControlCatalog.CreateDefault()).ReadFile(file, "steps=300", "evaluation.every=0", "evaluation.episodes=2"), file);

        ControlOutcome outcome = TinyControl.Train(recipe, folder.Path);

        using Policies.Policy policy = outcome.Folder.LoadPolicy();
        ControlEvaluation loaded = ControlEvaluator.Evaluate(
            "loaded", policy, recipe.CreateEnvironment(evaluation: true), recipe.Evaluation.Episodes, recipe.Seed, recipe.Evaluation.Deterministic);
        Assert.True(outcome.Finished);
        Assert.Equal(outcome.Evaluations[^1].Returns, loaded.Returns);
        Assert.NotEmpty(new RunReader(outcome.Folder).ReadMetricNames());
    }

    private static bool HasItsData(string path)
    {
        ControlRecipe recipe = ControlRecipe.Load(path);
        return recipe.Data.Length == 0 || Path.Exists(Path.GetFullPath(recipe.Data, Path.GetDirectoryName(path)!));
    }
}
