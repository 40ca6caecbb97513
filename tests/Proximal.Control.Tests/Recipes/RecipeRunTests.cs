using Proximal.Control.Algorithms.Flow;
using Proximal.Control.Data;
using Proximal.Control.Environments;
using Proximal.Control.Recipes;
using Proximal.Control.Runs;
using Proximal.Control.Tests.Runs;
using Proximal.Recipes;
using Proximal.Runs;

namespace Proximal.Control.Tests.Recipes;

/// <summary>
/// Every control recipe of the repository runs for a few steps, to a policy that can be loaded and plays as the one that was trained. Those that learn
/// from a data set do so from random actions here.
/// </summary>
public sealed class RecipeRunTests
{
    /// <summary>The recipes, by their path below the folder.</summary>
    public static TheoryData<string> Recipes { get; } = [.. Repository.ControlRecipes];

    [Theory]
    [MemberData(nameof(Recipes))]
    public void Runs_to_a_policy_that_plays_as_it_did(string path)
    {
        using TemporaryFolder folder = new();
        ControlRecipe recipe = new ControlRecipeReader(ControlCatalog.CreateDefault()).ReadFile(
            Path.Combine(Repository.Recipes, path), "steps=300", "evaluation.every=0", "evaluation.episodes=2");
        if (recipe.Data.Length > 0)
        {
            recipe = recipe with { Data = folder.File("random.safetensors"), Steps = 20 };
            IEnvironment environment = recipe.CreateEnvironment();
            DatasetFile.Save(DatasetCollector.Collect(environment, Controllers.Random(environment.Specification, seed: 1), 500, "random", seed: 1), recipe.Data);
        }

        if (recipe.Algorithm.Options is FlowGrpoOptions flow)
        {
            recipe = recipe with { Algorithm = new ComponentChoice(recipe.Algorithm.Definition, flow with { PretrainingUpdates = 5 }) };
        }

        ControlOutcome outcome = TinyControl.Train(recipe, folder.Path);

        using Policies.Policy policy = outcome.Folder.LoadPolicy();
        ControlEvaluation loaded = ControlEvaluator.Evaluate(
            "loaded", policy, recipe.CreateEnvironment(evaluation: true), recipe.Evaluation.Episodes, recipe.Seed, recipe.Evaluation.Deterministic);
        Assert.True(outcome.Finished);
        Assert.Equal(outcome.Evaluations[^1].Returns, loaded.Returns);
        Assert.NotEmpty(new RunReader(outcome.Folder).ReadMetricNames());
    }
}
