using Proximal.Advantages;
using Proximal.Objectives;
using Proximal.Recipes;
using Proximal.Rewards;
using Proximal.Rollouts;
using Proximal.Selection;

namespace Proximal.Tests.Objectives;

public sealed class ObjectivePresetTests
{
    public static TheoryData<string> Keys() => [.. ObjectivePresets.All.Select(p => p.Info.Key)];

    [Theory]
    [MemberData(nameof(Keys))]
    public void Every_preset_of_the_catalog_runs_on_a_batch(string key)
    {
        Catalog catalog = Catalog.CreateDefault();
        Assert.True(catalog.Objectives.TryGet(key, out ComponentDefinition<IObjectivePreset>? definition));
        ObjectivePreset preset = (ObjectivePreset)definition.Create(definition.Options.CreateDefaults());
        PathBatch batch = Rewarded();
        foreach (ComponentChoice shaping in preset.Shaping)
        {
            shaping.Create<IRewardShaping>().Shape(batch);
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

    [Theory]
    [MemberData(nameof(Keys))]
    public void Every_part_of_a_preset_is_in_the_catalog_under_its_key(string key)
    {
        Catalog catalog = Catalog.CreateDefault();
        ObjectivePreset preset = ObjectivePresets.All.Single(p => p.Info.Key == key);
        ComponentChoice?[] parts = [.. preset.Shaping, preset.Advantage, preset.Ratio, preset.Correction, preset.Clipping, .. preset.Regularizers, preset.Aggregation, .. preset.Selection];
        foreach (ComponentChoice part in parts.OfType<ComponentChoice>())
        {
            Assert.Same(part.Definition, catalog[part.Definition.Info.Seam]?.Find(part.Definition.Info.Key));
        }
    }

    [Fact]
    public void Every_definition_has_a_kebab_case_key_a_summary_a_formula_a_source_and_possible_defaults()
    {
        Catalog all = Catalog.CreateDefault();
        ComponentCatalog[] catalogs =
        [
            all.Shaping, all.Advantages, all.Ratios, all.Corrections, all.Clipping, all.Regularizers, all.Aggregation, all.Selection, all.Objectives,
        ];
        foreach (ComponentCatalog catalog in catalogs)
        {
            Assert.NotEmpty(catalog.Components);
            foreach (ComponentDefinition definition in catalog.Components)
            {
                Assert.Matches("^[a-z0-9]+(-[a-z0-9]+)*$", definition.Info.Key);
                Assert.NotEmpty(definition.Info.Summary);
                Assert.NotEmpty(definition.Info.Formula);
                Assert.NotEmpty(definition.Info.Reference);
                Assert.Null(definition.Options.FindFault(definition.Options.CreateDefaults()));
            }
        }
    }

    [Fact]
    public void Presets_say_what_they_need()
    {
        Assert.Equal(Requirements.Reference, ObjectivePresets.Grpo.Requirements);
        Assert.Equal(Requirements.Reference | Requirements.Critic, ObjectivePresets.Ppo.Requirements);
        Assert.Equal(Requirements.GreedyBaseline, ObjectivePresets.ReMax.Requirements);
        Assert.Equal(Requirements.None, ObjectivePresets.Dapo.Requirements);
    }

    [Fact]
    public void Grpo_equals_its_stand_alone_formula()
    {
        PathBatch batch = Rewarded();
        double expected = 0;
        int paths = 0;
        float[] rewards = batch.Rewards.ToArray();
        for (int group = 0; group < batch.GroupCount; group++)
        {
            float[] members = rewards[batch.Group(group)];
            double mean = members.Average(), deviation = Math.Sqrt(members.Sum(r => (r - mean) * (r - mean)) / (members.Length - 1));
            for (int path = batch.GroupOffsets[group]; path < batch.GroupOffsets[group + 1]; path++, paths++)
            {
                double advantage = (rewards[path] - mean) / (deviation + 1e-6), sum = 0, length = 0;
                for (int t = batch.PathOffsets[path]; t < batch.PathOffsets[path + 1]; t++)
                {
                    double r = Math.Exp(batch.Current[t] - batch.Old[t]), u = batch.Reference[t] - batch.Current[t];
                    sum -= batch.Mask[t] * (Math.Min(r * advantage, Math.Clamp(r, 0.8, 1.2) * advantage) - (0.04 * (Math.Exp(u) - u - 1)));
                    length += batch.Mask[t];
                }

                expected += sum / length;
            }
        }

        Assert.Equal(expected / paths, Evaluate(ObjectivePresets.Grpo, batch), 1e-6);
    }

    [Fact]
    public void Dr_grpo_is_rloo_times_the_share_of_the_others_over_the_budget_when_on_policy()
    {
        PathBatch batch = Rewarded(spread: 0);
        batch.ResponseBudget = 10;
        float[] drGrpo = Gradient(ObjectivePresets.DrGrpo, batch), rloo = Gradient(ObjectivePresets.Rloo, batch);
        for (int group = 0; group < batch.GroupCount; group++)
        {
            Range paths = batch.Group(group);
            double share = 1 - (1.0 / (paths.End.Value - paths.Start.Value));
            for (int t = batch.PathOffsets[paths.Start.Value]; t < batch.PathOffsets[paths.End.Value]; t++)
            {
                Assert.Equal(rloo[t] * share / 10, drGrpo[t], 1e-7);
            }
        }
    }

    [Fact]
    public void Gspo_with_single_token_responses_is_grpo_with_the_same_bounds()
    {
        PathBatch batch = Batches.Create([1, 1, 1], [1, 1]);
        float[] rewards = [1, 0, 0, 1, 0], current = [-1, -0.8f, -0.4f, -2, -0.1f];
        rewards.CopyTo(batch.Rewards);
        current.CopyTo(batch.Current);
        batch.Old.Fill(-0.8f);
        ObjectivePreset token = ObjectivePresets.Gspo with { Ratio = ObjectivePresets.Grpo.Ratio };
        Assert.Equal(Evaluate(token, batch), Evaluate(ObjectivePresets.Gspo, batch), 1e-6);
        Assert.Equal(Gradient(token, batch), Gradient(ObjectivePresets.Gspo, batch));
    }

    [Fact]
    public void Dapo_gives_every_token_of_the_batch_the_same_weight()
    {
        PathBatch batch = Batches.Create([2, 4]);
        float[] rewards = [1, -1];
        rewards.CopyTo(batch.Rewards);
        rewards.CopyTo(batch.Scores);
        float[] gradient = Gradient(ObjectivePresets.Dapo with { Advantage = new(ConstantAdvantage.Definition) }, batch);
        Assert.All(gradient, g => Assert.Equal(-1f / 6, g, 1e-7f));
    }

    [Fact]
    public void A_stage_takes_over_the_parts_of_a_preset()
    {
        Catalog catalog = Catalog.CreateDefault();
        Assert.True(catalog.Objectives.TryGet("dapo", out ComponentDefinition<IObjectivePreset>? definition));
        PolicyStage stage = definition.Create(new NoOptions()).Apply(new PolicyStage
        {
            Advantage = new(ConstantAdvantage.Definition),
            Ratio = ObjectivePresets.Grpo.Ratio,
            Clipping = ObjectivePresets.Grpo.Clipping,
            Aggregation = ObjectivePresets.Grpo.Aggregation,
        });
        Assert.Equal("dapo", stage.Objective);
        Assert.Equal("grpo", stage.Advantage.Definition.Info.Key);
        Assert.Equal("token-mean", stage.Aggregation.Definition.Info.Key);
        Assert.Equal("overlong-punishment", stage.Shaping[0].Definition.Info.Key);
        Assert.Equal("dynamic-sampling", stage.Selection[0].Definition.Info.Key);
    }

    private static PathBatch Rewarded(double spread = 0.4)
    {
        PathBatch batch = Batches.Random(2, spread);
        batch.Mask.Fill(1);
        batch.ResetWeights();
        float[] rewards = [1, 0, 0.5f, 0, 1, 0, 0, 1, 2];
        rewards.CopyTo(batch.Rewards);
        rewards.CopyTo(batch.Scores);
        for (int path = 0; path < batch.PathCount; path++)
        {
            batch.TokenReward[batch.PathOffsets[path + 1] - 1] = rewards[path];
        }

        return batch;
    }

    private static double Evaluate(ObjectivePreset preset, PathBatch batch)
    {
        preset.Advantage.Create<IAdvantage>().Compute(batch);
        return preset.CreateObjective().Evaluate(batch, PolicyObjectiveTests.Gradients(new float[batch.TokenCount])).Loss;
    }

    private static float[] Gradient(ObjectivePreset preset, PathBatch batch)
    {
        float[] gradient = new float[batch.TokenCount];
        preset.Advantage.Create<IAdvantage>().Compute(batch);
        preset.CreateObjective().Evaluate(batch, PolicyObjectiveTests.Gradients(gradient));
        return gradient;
    }
}
