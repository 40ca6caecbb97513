using Proximal.Control.Recipes;
using Proximal.Objectives;
using Proximal.Recipes;
using Proximal.Rewards;
using Proximal.Rollouts;
using Proximal.Runs;
using Proximal.Selection;
using Proximal.Tests.Training;
using Proximal.Training;

namespace Proximal.Tests.Recipes;

/// <summary>Every recipe of the repository, made tiny, from its first step to the trained model.</summary>
public sealed class RecipeRunTests
{
    private static readonly string[] Papers =
    [
        "bnpo", "rec-offpolicy-reinforce", "lite-ppo", "capo-curvature", "t-ppo", "copo", "bapo", "fapo", "gppo-klear", "campo-miromind", "unlikeliness-reward", "nft",
        "riskpo", "g2rpo-openvlthinker2", "f-tis", "ctpo", "minpro", "minirl-stable", "hispo-longcat-prover", "remix-offpolicy", "llds-search-r1", "noisy-verifier", "trpa",
        "d3s", "grpo-guard", "ppo-max", "empo", "loop-idas", "rl-struct", "pear",
    ];

    private static readonly string Folder = Path.Combine(Repository.Root, "recipes");

    private static readonly RecipeReader Reader = new(Catalog.CreateDefault());

    /// <summary>The recipes, by their path below the folder; those that start from a checkpoint which is absent are left out.</summary>
    public static TheoryData<string> Recipes => [.. Repository.LanguageRecipes
        .Where(HasItsModel)
        .Select(path => Path.GetRelativePath(Folder, path).Replace('\\', '/'))
        .Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Recipes))]
    public void Runs_to_the_trained_model(string path)
    {
        using TemporaryFolder folder = new();
        List<StepReport> steps = [];

        TrainingOutcome outcome = TinyRuns.Train(
            Tiny(Read(Path.Combine(Folder, path))),
            folder.Path,
            parts => parts.Rewards = [new WeightedReward("early-tokens", 1, new DelegateReward(Early))],
            new DelegateObserver { StepFinished = steps.Add });

        Assert.True(outcome.Finished);
        Assert.Equal(2 * steps.Select(step => step.Stage).Distinct().Count(), steps.Count);
        Assert.All(steps.SelectMany(step => step.Metrics), metric => Assert.True(double.IsFinite(metric.Value), metric.Name));
        Assert.All(steps.Where(step => step.Stage != TrainingStage.Policy || HasGradient(path)), step => Assert.True(step["gradient/norm"] > 0));
        Assert.True(File.Exists(Path.Combine(folder.Path, "model", "model.safetensors")));
    }

    [Fact]
    public void Every_objective_of_the_baselines_has_its_recipe()
    {
        foreach (ObjectivePreset objective in ObjectivePresets.All)
        {
            string path = Path.Combine(Folder, "baselines", objective.Info.Key + ".yaml");

            Assert.Equal(objective.Info.Key, Reader.ReadFile(path).Policy?.Objective);
        }
    }

    [Fact]
    public void Every_paper_has_a_recipe_that_says_what_was_seen_and_a_component_of_its_name()
    {
        HashSet<string> keys =
        [
            .. Catalog.CreateDefault().All.Concat(ControlCatalog.CreateDefault().All).SelectMany(catalog => catalog.Components).Select(component => component.Info.Key),
        ];
        string[] recipes = [.. Directory.EnumerateFiles(Path.Combine(Folder, "rlvr"), "*.yaml").Select(path => Path.GetFileNameWithoutExtension(path)!).Order(StringComparer.Ordinal)];

        Assert.Equal(Papers.Order(StringComparer.Ordinal), recipes);
        Assert.All(recipes, recipe => Assert.Contains(recipe, keys));
        Assert.All(recipes, recipe =>
        {
            string header = string.Join(' ', File.ReadLines(Path.Combine(Folder, "rlvr", recipe + ".yaml")).TakeWhile(line => line.StartsWith('#')));
            Assert.Contains("seed", header, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("--set", header, StringComparison.Ordinal);
        });
    }

    /// <summary>A reward in [0, 1] that differs between the rollouts of a model which has hardly learnt: an untrained one solves no task.</summary>
    private static float Early(Trajectory trajectory) => (float)trajectory.Tree.Segments[trajectory.Leaf].Tokens.ToArray().Average(token => token % 64 / 64.0);

    /// <summary>A gradient for every recipe, except where it hangs on answers that an untrained model does not give, or on sequences that a filter drops.</summary>
    private static bool HasGradient(string path) => Path.GetFileNameWithoutExtension(path) is not ("empo" or "nft" or "riskpo" or "hispo-longcat-prover" or "exp-dpo");

    private static bool HasItsModel(string path)
    {
        string checkpoint = Reader.ReadFile(path).Model.Checkpoint;
        return checkpoint.Length == 0 || Directory.Exists(Path.Combine(Path.GetDirectoryName(path)!, checkpoint));
    }

    private static Recipe Read(string path) => RecipePaths.Locate(Reader.ReadFile(path), path);

    private static ComponentChoice ByRewards(ComponentChoice selection) => selection.Options is DynamicSamplingOptions options
        ? new ComponentChoice(selection.Definition, options with { UseRewards = true })
        : selection;

    private static Recipe Tiny(Recipe recipe) => recipe with
    {
        Workers = 1,
        Model = recipe.Model.IsCheckpoint
            ? recipe.Model
            : recipe.Model with { Layers = 1, Width = 16, Heads = 2, KeyValueHeads = 0, FeedForward = 32 },
        Evaluation = recipe.Evaluation with { Prompts = 4, Samples = 1 },
        Supervised = recipe.Supervised is null ? null : recipe.Supervised with
        {
            Steps = 2,
            Batch = 4,
            Teacher = recipe.Supervised.Teacher is { } teacher ? teacher with { Steps = 2, Batch = 4, Begin = 1, OnlyRight = false } : null,
        },
        Policy = recipe.Policy is null ? null : recipe.Policy with
        {
            Steps = 2,
            Prompts = 2,
            Rollouts = Math.Min(recipe.Policy.Rollouts, 2),
            Collection = recipe.Policy.Collection.Options is StagedCollection staged
                ? new ComponentChoice(recipe.Policy.Collection.Definition, staged with { Limits = [6, 12] })
                : recipe.Policy.Collection,
            Updates = Math.Min(recipe.Policy.Updates, 2),
            ResponseTokens = Math.Min(recipe.Policy.ResponseTokens, 12),
            Critic = recipe.Policy.Critic with { WarmUp = 0, Initialization = CriticStart.Policy },
            Selection = [.. recipe.Policy.Selection.Select(ByRewards)],
        },
    };
}
