using Proximal.Advantages;
using Proximal.Objectives;
using Proximal.Recipes;
using Proximal.Rewards;
using Proximal.Rollouts;
using Proximal.Selection;
using Proximal.Tests.Rollouts;
using Proximal.Tests.Training;

namespace Proximal.Tests.Objectives;

public sealed class AgentObjectivesTests
{
    public static TheoryData<string> Keys => [.. AgentObjectives.All.Select(preset => preset.Info.Key)];

    [Theory]
    [MemberData(nameof(Keys))]
    public void Every_preset_of_the_catalog_runs_on_a_batch(string key)
    {
        Assert.True(Catalog.CreateDefault().Objectives.TryGet(key, out ComponentDefinition<IObjectivePreset>? definition));
        ObjectivePreset preset = (ObjectivePreset)definition.Create(definition.Options.CreateDefaults());
        PathBatch batch = TestTrajectories.Attach(Batches.Random(4), answer: path => "x", correct: path => path % 2 == 0);
        batch.Behaviour.Clear();
        batch.Old.CopyTo(batch.Behaviour);
        for (int path = 0; path < batch.PathCount; path++)
        {
            batch.Rewards[path] = batch.Scores[path] = path % 2;
        }

        preset.Advantage.Create<IAdvantage>().Compute(batch);
        foreach (ComponentChoice selection in preset.Selection)
        {
            selection.Create<ISelection>().Select(batch);
        }

        float[] gradient = new float[batch.TokenCount];
        ObjectiveMetrics metrics = preset.CreateObjective().Evaluate(batch, PolicyObjectiveTests.Gradients(gradient));
        Assert.True(double.IsFinite(metrics.Loss));
        Assert.Contains(gradient, g => g != 0);
    }

    [Fact]
    public void Loop_has_the_leave_one_out_advantage()
    {
        PathBatch batch = Batches.WithRewards(1, 0.5f, 0, 0.5f);
        AgentObjectives.Loop.Advantage.Create<IAdvantage>().Compute(batch);
        Assert.Equal([0.666667f, 0, -0.666667f, 0], batch.Advantage.ToArray().Select(a => MathF.Round(a, 6)));
        Assert.Equal(0, batch.Advantage.ToArray().Sum(), 1e-6);
    }

    [Fact]
    public void The_first_update_of_loop_has_the_gradient_of_rloo()
    {
        PathBatch batch = Batches.Create([3, 3], [3, 3, 3]);
        new float[] { 1, 0, 0, 0.5f, 1 }.CopyTo(batch.Rewards);
        AgentObjectives.Loop.Advantage.Create<IAdvantage>().Compute(batch);
        float[] loop = new float[batch.TokenCount], rloo = new float[batch.TokenCount];
        AgentObjectives.Loop.CreateObjective().Evaluate(batch, PolicyObjectiveTests.Gradients(loop));
        ObjectivePresets.Rloo.CreateObjective().Evaluate(batch, PolicyObjectiveTests.Gradients(rloo));

        // Every response has three tokens, so the mean over tokens is a third of the mean over sequences of sums.
        Assert.All(loop.Zip(rloo), pair => Assert.Equal(pair.Second / 3, pair.First, 1e-7f));
    }

    [Fact]
    public void Tasks_without_advantage_are_dropped()
    {
        PathBatch batch = Batches.Create([2, 2], [2, 2], [1, 1]);
        new[] { 0.5f, 0.5f, -0.5f, -0.5f, 0, 0, 5e-4f, 0, 0, -2e-3f }.CopyTo(batch.Advantage);
        new AdvantageFilter(new AdvantageFilterOptions()).Select(batch);
        Assert.Equal([1f, 1, 1, 1, 0, 0, 0, 0, 1, 1], batch.Mask.ToArray());
        Assert.Equal(batch.Mask.ToArray(), batch.Weight.ToArray());
    }

    [Fact]
    public void A_preset_brings_its_rewards_and_a_recipe_may_replace_them()
    {
        Recipe recipe = TinyRuns.Recipe("objective: rl-struct");
        Assert.Equal(["json-structure", "json-format", "json-validity", "field-f1", "length-band"], recipe.Policy!.Rewards.Select(reward => reward.Definition.Info.Key));
        Assert.Equal([1, 0.5, 1, 1, 0.25], recipe.Policy.Rewards.Select(reward => reward.Weight));
        Assert.Equal(recipe, new RecipeReader(Catalog.CreateDefault()).Read(RecipeWriter.Write(recipe)));
        Assert.Equal(["field-f1"], TinyRuns.Recipe("objective: rl-struct\n  rewards: [ field-f1 ]").Policy!.Rewards.Select(reward => reward.Definition.Info.Key));
        Assert.Empty(TinyRuns.Recipe("objective: grpo").Policy!.Rewards);
    }

    [Theory]
    [InlineData("objective: loop-idas\n  ratio: { name: unit-product, unit: turn }", "app-sim", "app-simulator")]
    [InlineData("objective: rl-struct", "json-gen", "single-turn")]
    [InlineData("objective: trpa", "knights-and-knaves", "single-turn")]
    [InlineData("objective: fapo", "chain-sum", "single-turn")]
    [InlineData("objective: hispo-longcat-prover\n  collection: { name: stale, lag: 2, noise: 0.3 }", "rewrite-thm", "rewrite-checker")]
    public void Recipes_of_every_preset_train(string policy, string task, string environment)
    {
        using TemporaryFolder folder = new();
        Recorder recorder = new();
        TinyRuns.Train(
            TinyRuns.Recipe(policy, overrides: [$"task={task}", $"environment={environment}", "model.context=200", "policy.response-tokens=24", "evaluation.every=0", "evaluation.prompts=2"]),
            folder.File("run"),
            observer: recorder);
        Assert.All(recorder.Policy, report => Assert.True(double.IsFinite(report["loss/total"])));
    }
}
