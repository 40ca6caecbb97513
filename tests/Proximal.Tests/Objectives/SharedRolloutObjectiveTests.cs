using Proximal.Objectives;
using Proximal.Ratios;
using Proximal.Recipes;
using Proximal.Rollouts;
using Proximal.Selection;

namespace Proximal.Tests.Objectives;

public sealed class SharedRolloutObjectiveTests
{
    private static readonly ObjectivePreset Grpo = ObjectivePresets.Grpo with { Regularizers = [] };

    public static TheoryData<string> Keys() => [.. SharedRolloutObjectives.All.Select(preset => preset.Info.Key)];

    [Theory]
    [MemberData(nameof(Keys))]
    public void On_own_rollouts_every_variant_is_grpo(string key)
    {
        PathBatch batch = Outcomes(1), same = Outcomes(1);

        Assert.Equal(Evaluate(Grpo, same), Evaluate(Preset(key), batch));
        Assert.Equal(same.Mask.ToArray(), batch.Mask.ToArray());
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void A_foreign_rollout_that_the_policy_generates_with_the_same_probabilities_is_like_an_own_one(string key)
    {
        PathBatch batch = Outcomes(2), same = Outcomes(2);
        batch.Old.CopyTo(batch.Behaviour);
        batch.Foreign.Fill(1);

        Assert.Equal(Evaluate(Grpo, same), Evaluate(Preset(key), batch));
    }

    [Theory]
    [InlineData(-1, 60, false)]
    [InlineData(0, 60, false)]
    [InlineData(1, 60, true)]
    [InlineData(-1, 10, true)]
    public void A_foreign_rollout_is_kept_when_it_is_good_or_near(double advantage, double divergence, bool kept)
    {
        PathBatch batch = Batches.Create([2, 2]);
        batch.Foreign[1] = 1;
        batch.Advantage.Fill((float)advantage);
        batch.Old[2] = batch.Old[3] = (float)LogRatioOf(divergence / 2);
        batch.Old[0] = batch.Old[2];
        ForeignFilter filter = new(new());

        filter.Select(batch);

        float[] mask = [1, 1, kept ? 1 : 0, kept ? 1 : 0];
        Assert.Equal(mask, batch.Mask.ToArray());
        Assert.Equal(mask, batch.Weight.ToArray());
        Assert.Equal(kept, ForeignFilter.Keep(advantage, divergence, 50));
        Dictionary<string, double> metrics = filter.Metrics.ToDictionary();
        Assert.Equal(kept ? 1 : 0, metrics["foreign/kept"]);
        Assert.Equal(divergence, metrics["foreign/divergence"], divergence * 1e-5);
    }

    [Fact]
    public void Weights_of_foreign_tokens_are_capped_and_those_of_own_ones_are_one()
    {
        PathBatch batch = Batches.Create([2, 2]);
        batch.Foreign[1] = 1;
        foreach (int path in new[] { 0, 2 })
        {
            batch.Old[path] = MathF.Log(0.5f);
            batch.Old[path + 1] = MathF.Log(3);
        }

        AssertWeights([1, 1, 0.5f, 2], "f-tis");
        AssertWeights([1, 1, 0.5f, 3], "f-vis");
        Assert.Null(Preset("f-nois").Correction);

        void AssertWeights(float[] expected, string key)
        {
            float[] weights = new float[4];
            Preset(key).Correction!.Create<ICorrection>().Compute(batch, weights);
            Assert.All(expected.Zip(weights), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
        }
    }

    [Fact]
    public void Without_a_threshold_it_is_truncated_importance_sampling_and_at_zero_only_good_foreign_rollouts_count()
    {
        for (ulong seed = 3; seed < 13; seed++)
        {
            PathBatch all = Foreign(seed), truncated = Foreign(seed), positive = Foreign(seed);

            Assert.Equal(Evaluate(Preset("shared-tis"), truncated), Evaluate(WithThreshold(double.PositiveInfinity), all));
            Evaluate(WithThreshold(0), positive);
            for (int path = 0; path < positive.PathCount; path++)
            {
                bool kept = positive.Foreign[path] == 0 || all.Advantage[all.PathOffsets[path]] > 0;
                Assert.Equal(kept ? all.Mask[all.Path(path)].ToArray() : new float[all.Mask[all.Path(path)].Length], positive.Mask[positive.Path(path)].ToArray());
            }
        }
    }

    [Fact]
    public void Equals_the_formula_of_the_paper()
    {
        for (ulong seed = 20; seed < 40; seed++)
        {
            PathBatch batch = Foreign(seed);
            ObjectivePreset preset = WithThreshold(1);
            double expected = Formula(batch, 1);

            Assert.Equal(expected, Evaluate(preset, batch).Loss, 1e-5);
        }
    }

    /// <summary>F-TIS written out once more, in double precision.</summary>
    private static double Formula(PathBatch batch, double threshold)
    {
        double loss = 0, kept = 0;
        for (int path = 0; path < batch.PathCount; path++)
        {
            int[] tokens = [.. Enumerable.Range(batch.PathOffsets[path], batch.PathOffsets[path + 1] - batch.PathOffsets[path])];
            bool foreign = batch.Foreign[path] != 0;
            double advantage = batch.Advantage[tokens[0]], divergence = 0, sum = 0;
            foreach (int t in tokens)
            {
                double q = (double)batch.Old[t] - batch.Behaviour[t], ratio = Math.Exp((double)batch.Current[t] - batch.Old[t]);
                divergence += Math.Exp(q) - 1 - q;
                sum += (foreign ? Math.Min(Math.Exp(q), 2) : 1) * Math.Min(ratio * advantage, Math.Clamp(ratio, 0.8, 1.2) * advantage);
            }

            if (!foreign || advantage > 0 || divergence < threshold)
            {
                kept++;
                loss -= sum / tokens.Length;
            }
        }

        return loss / kept;
    }

    private static ObjectivePreset Preset(string key) => SharedRolloutObjectives.All.Single(preset => preset.Info.Key == key);

    private static ObjectivePreset WithThreshold(double threshold) => Preset("f-tis") with
    {
        Selection = [new ComponentChoice(new ComponentDefinition<ISelection, NoOptions>(
            ForeignFilter.Definition.Info, NoOptions.Schema, _ => new ForeignFilter(new ForeignFilterOptions { Threshold = threshold })))],
    };

    private static Update Evaluate(ObjectivePreset preset, PathBatch batch)
    {
        foreach (ComponentChoice selection in preset.Selection)
        {
            selection.Create<ISelection>().Select(batch);
        }

        float[] gradient = new float[batch.TokenCount];
        double loss = preset.CreateObjective().Evaluate(batch, PolicyObjectiveTests.Gradients(gradient)).Loss;
        return new Update(loss, string.Join(' ', gradient));
    }

    /// <summary>A random batch in which every path has one advantage.</summary>
    private static PathBatch Outcomes(ulong seed)
    {
        PathBatch batch = Batches.Random(seed);
        batch.Mask.Fill(1);
        batch.ResetWeights();
        for (int path = 0; path < batch.PathCount; path++)
        {
            batch.Advantage[batch.Path(path)].Fill(batch.Current[batch.PathOffsets[path]] + 1);
        }

        return batch;
    }

    /// <summary>The same with every other path from another model.</summary>
    private static PathBatch Foreign(ulong seed)
    {
        PathBatch batch = Outcomes(seed);
        for (int path = 0; path < batch.PathCount; path += 2)
        {
            batch.Foreign[path] = 1;
        }

        for (int t = 0; t < batch.TokenCount; t++)
        {
            batch.Behaviour[t] = batch.Old[t] + (3 * (batch.Behaviour[t] - batch.Old[t]));
        }

        return batch;
    }

    /// <summary>The positive q with e^q - 1 - q = k.</summary>
    private static double LogRatioOf(double k)
    {
        double low = 0, high = 20;
        for (int i = 0; i < 100; i++)
        {
            double q = (low + high) / 2;
            (low, high) = Math.Exp(q) - 1 - q < k ? (q, high) : (low, q);
        }

        return low;
    }

    private sealed record Update(double Loss, string Gradient);
}
