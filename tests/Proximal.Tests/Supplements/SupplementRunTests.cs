using Proximal.Recipes;
using Proximal.Rewards;
using Proximal.Rollouts;
using Proximal.Supplements;
using Proximal.Tests.Training;
using Proximal.Training;

namespace Proximal.Tests.Supplements;

/// <summary>Runs with losses beside the objective. Responses are bare answers, so that a model which has hardly learned gives explanations that can be used.</summary>
public sealed class SupplementRunTests
{
    private static readonly string[] Task =
    [
        "task={name: modular-chain, difficulty: 1, style: bare, full-vocabulary: true}", "model.context=96", "supervised.answer-hints=0.5", "evaluation.every=0",
    ];

    public static TheoryData<string> Supplements =>
    [
        "self-explanation",
        "{ name: self-explanation, coefficient: 0.5, anneal: 0.5, only-all-wrong: true, measure: 2 }",
        "{ name: self-explanation, refresh: 0 }",
        "{ name: self-explanation, refresh: 2, filter-consistent: true }",
        "explained-preferences",
        "{ name: explained-preferences, refresh: 0 }",
        "{ name: explained-preferences, refresh: 3, beta: 0.5 }",
        "expert-traces",
    ];

    [Theory]
    [MemberData(nameof(Supplements))]
    public void A_run_with_a_supplement_differs_from_one_without_and_resumes_to_the_same_bits(string supplement)
    {
        using TemporaryFolder folder = new();
        Train(Of(""), folder.File("without"));
        Recipe recipe = Of($"supplements: [ {supplement} ]");
        Train(recipe, folder.File("whole"));
        Assert.NotEqual(TinyRuns.Weights(folder.File("without")), TinyRuns.Weights(folder.File("whole")));

        bool finished = false;
        while (!finished)
        {
            using CancellationTokenSource stop = new();
            using TrainingSession session = new(recipe, new Proximal.Runs.RunFolder(folder.File("stopped")), new Recorder(_ => stop.Cancel()), Reward);
            finished = session.Run(stop.Token).Finished;
        }

        TinyRuns.AssertSame(folder.File("whole"), folder.File("stopped"));
    }

    [Fact]
    public void With_beta_zero_it_has_the_bits_of_grpo_and_still_measures()
    {
        using TemporaryFolder folder = new();
        Recorder grpo = new(), expo = new();
        Train(Of("objective: grpo"), folder.File("grpo"), grpo);
        Train(Of("objective: expo\n  supplements: [ { name: self-explanation, coefficient: 0 } ]"), folder.File("expo"), expo);

        Assert.Equal(TinyRuns.Weights(folder.File("grpo")), TinyRuns.Weights(folder.File("expo")));
        Assert.Equal(
            grpo.Policy.Select(step => (step["loss/total"], step["gradient/norm"])),
            expo.Policy.Select(step => (step["loss/total"], step["gradient/norm"])));
        Assert.All(expo.Policy, step => Assert.True(double.IsFinite(step["explanation/gap-in-distribution"])));
        Assert.All(expo.Policy, step => Assert.InRange(step["groups/never-solved"], 0, 1));
        Assert.All(expo.Policy, step => Assert.True(double.IsNaN(step["loss/self-explanation"])));
    }

    [Fact]
    public void Presets_choose_the_supplements_of_the_paper()
    {
        PolicyStage expo = Of("objective: expo").Policy!, preferences = Of("objective: exp-dpo").Policy!;

        Assert.Equal(new SelfExplanation { Coefficient = 0.04 }, Assert.Single(expo.Supplements).Options);
        Assert.Equal(Of("objective: grpo").Policy! with { Objective = "expo", Supplements = expo.Supplements }, expo);
        Assert.Equal(new ExplainedPreferences { Beta = 0.1 }, Assert.Single(preferences.Supplements).Options);
        Assert.True(preferences.Requirements.HasFlag(Requirements.Reference));
    }

    [Fact]
    public void Two_supplements_have_their_networks_apart()
    {
        using TemporaryFolder folder = new();
        Train(Of("supplements: [ { name: self-explanation, refresh: 0 }, { name: explained-preferences, refresh: 0 } ]"), folder.Path);

        string[] files = Directory.GetFiles(folder.Path, "supplement-*-explainer.safetensors", SearchOption.AllDirectories);
        Assert.Equal(["supplement-0-explainer.safetensors", "supplement-1-explainer.safetensors"], files.Select(Path.GetFileName).Distinct().Order());
    }

    private static Recipe Of(string policy) => TinyRuns.Recipe(policy.Contains("objective", StringComparison.Ordinal) ? policy : $"objective: grpo\n  {policy}", overrides: Task);

    private static TrainingOutcome Train(Recipe recipe, string folder, ITrainingObserver? observer = null) => TinyRuns.Train(recipe, folder, Reward, observer);

    /// <summary>A reward that differs between rollouts of a model that solves nothing.</summary>
    private static void Reward(TrainingOverrides parts) => parts.Rewards = [new WeightedReward("early", 1, new DelegateReward(Early))];

    private static float Early(Trajectory trajectory) => (float)trajectory.Tree.Segments[trajectory.Leaf].Tokens.ToArray().Average(token => token % 7);
}
