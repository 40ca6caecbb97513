using Proximal.Aggregation;
using Proximal.Clipping;
using Proximal.Models.Configuration;
using Proximal.Models.Generation;
using Proximal.Models.Llama;
using Proximal.Objectives;
using Proximal.Ratios;
using Proximal.Regularizers;
using Proximal.Rollouts;
using Proximal.Tensors;
using Proximal.Tests.Rollouts;
using Proximal.Training;

namespace Proximal.Tests.Training;

/// <summary>Neither the size of microbatches nor the number of workers changes a bit of a gradient, whatever the number of lanes.</summary>
public sealed class UpdaterExactnessTests
{
    public static TheoryData<bool, int> TiedOrNotAndTrees => new() { { true, 9 }, { false, 9 }, { true, 50 }, { false, 50 } };

    [Theory]
    [MemberData(nameof(TiedOrNotAndTrees))]
    public void Gradients_of_a_policy_update_do_not_depend_on_microbatches_or_workers(bool tied, int count)
    {
        RolloutBatch batch = TestTrees.Batch(seed: 5, count);
        using LlamaModel model = NewModel(tied, 1), reference = NewModel(tied, 2);
        Dictionary<string, int[]> expected = Update(model, reference, batch, 1, 100_000);

        foreach ((int workers, int tokens) in new[] { (2, 100_000), (3, 100_000), (1, 1), (1, 40), (2, 75), (3, 130) })
        {
            AssertSame(expected, Update(model, reference, batch, workers, tokens));
        }
    }

    [Theory]
    [MemberData(nameof(TiedOrNotAndTrees))]
    public void Gradients_of_a_supervised_update_do_not_depend_on_microbatches_or_workers(bool tied, int count)
    {
        TokenTree[] trees = [.. Enumerable.Range(0, count).Select(i => TestTrees.Create((ulong)i, SegmentOrigin.Teacher))];
        using LlamaModel model = NewModel(tied, 1);
        Dictionary<string, int[]> expected = Update(model, trees, 1, 100_000, out double loss);

        foreach ((int workers, int tokens) in new[] { (2, 100_000), (3, 100_000), (1, 1), (1, 40), (2, 75), (3, 130) })
        {
            AssertSame(expected, Update(model, trees, workers, tokens, out double again));
            Assert.Equal(BitConverter.DoubleToInt64Bits(loss), BitConverter.DoubleToInt64Bits(again));
        }
    }

    private static LlamaModel NewModel(bool tied, ulong seed) => LlamaModel.Create(
        new LlamaConfiguration
        {
            VocabularySize = TestTrees.Vocabulary,
            HiddenSize = 16,
            IntermediateSize = 20,
            Layers = 2,
            Heads = 4,
            KeyValueHeads = 2,
            TieEmbeddings = tied,
            AttentionBias = tied,
            MlpBias = !tied,
            MaximumPositions = 256,
        },
        seed);

    private static Dictionary<string, int[]> Update(LlamaModel model, LlamaModel reference, RolloutBatch batch, int workerCount, int tokens)
    {
        using Workers workers = new(workerCount);
        using UpdateLanes lanes = new(model, workers, tokens);
        PolicyUpdater updater = new(lanes, reference);
        PolicyObjective objective = new(
            new TokenRatio(),
            null,
            new PpoClipping(new PpoClippingOptions()),
            [new KlRegularizer(new KlRegularizerOptions { Estimator = KlEstimator.Full }), new EntropyBonus(new EntropyBonusOptions { Coefficient = 0.01 })],
            MeanAggregation.TokenMean());
        PathBatch paths = batch.Paths;
        updater.Score(batch, 0, batch.Trees.Count, reference, columns => columns.Old, null);
        for (int t = 0; t < paths.TokenCount; t++)
        {
            paths.Advantage[t] = MathF.Sin(t);
        }

        Clear(model);
        updater.Update(batch, 2, batch.Trees.Count - 1, objective, currentIsKnown: false);
        Assert.Equal(0, updater.LargestMismatch);
        return Gradients(model);
    }

    private static Dictionary<string, int[]> Update(LlamaModel model, TokenTree[] trees, int workerCount, int tokens, out double loss)
    {
        using Workers workers = new(workerCount);
        using UpdateLanes lanes = new(model, workers, tokens);
        Clear(model);
        loss = new SupervisedUpdater(lanes).Update(new DemonstrationBatch(trees, [.. trees.Select(_ => true)]));
        return Gradients(model);
    }

    private static Dictionary<string, int[]> Gradients(LlamaModel model) =>
        model.Parameters.ToDictionary(p => p.Name, p => p.Gradient.ToArray().Select(BitConverter.SingleToInt32Bits).ToArray());

    private static void Clear(LlamaModel model)
    {
        foreach (Parameter parameter in model.Parameters)
        {
            parameter.ClearGradient();
        }
    }

    private static void AssertSame(Dictionary<string, int[]> expected, Dictionary<string, int[]> actual) =>
        Assert.Empty(expected.Where(pair => !pair.Value.SequenceEqual(actual[pair.Key])).Select(pair => pair.Key));
}
