using Proximal.Advantages;
using Proximal.Clipping;
using Proximal.Objectives;
using Proximal.Recipes;
using Proximal.Rewards;
using Proximal.Rollouts;
using Proximal.Selection;
using Proximal.Tests.Rollouts;

namespace Proximal.Tests.Objectives;

public sealed class AdvantageObjectivesTests
{
    public static TheoryData<string> Keys() => [.. AdvantageObjectives.All.Select(preset => preset.Info.Key)];

    [Theory]
    [MemberData(nameof(Keys))]
    public void Every_preset_of_the_catalog_runs_on_a_batch(string key)
    {
        Catalog catalog = Catalog.CreateDefault();
        ObjectivePreset preset = (ObjectivePreset)Assert.IsAssignableFrom<IObjectivePreset>(new ComponentChoice(catalog.Objectives.Find(key)!).Create<IObjectivePreset>());
        PathBatch batch = Batches.Random(3, 0.4, [4, 7, 1], [5, 9, 2], [3, 6, 8]);
        float[] rewards = [1, 0, 0, 1, 0, 0, 1, 1, 0];
        rewards.CopyTo(batch.Rewards);
        rewards.CopyTo(batch.Scores);
        TestTrajectories.Attach(batch, answer: path => rewards[path] == 1 ? "7" : "3", correct: path => rewards[path] == 1);
        foreach (ComponentChoice shaping in preset.Shaping)
        {
            shaping.Create<IRewardShaping>().Shape(batch);
        }

        // Twice: the quantiles of RiskPO begin at 0, where every paper is above them.
        IAdvantage advantage = preset.Advantage.Create<IAdvantage>();
        advantage.Compute(batch);
        advantage.Compute(batch);
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
        ObjectivePreset preset = AdvantageObjectives.All.Single(p => p.Info.Key == key);
        ComponentChoice?[] parts = [.. preset.Shaping, preset.Advantage, preset.Ratio, preset.Correction, preset.Clipping, .. preset.Regularizers, preset.Aggregation, .. preset.Selection];
        Assert.All(parts.OfType<ComponentChoice>(), part => Assert.Same(part.Definition, catalog[part.Definition.Info.Seam]?.Find(part.Definition.Info.Key)));
        Assert.NotEmpty(preset.Info.Mechanism);
    }
}
