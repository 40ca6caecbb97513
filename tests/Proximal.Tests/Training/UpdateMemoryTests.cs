using Proximal.Aggregation;
using Proximal.Clipping;
using Proximal.Models.Configuration;
using Proximal.Models.Llama;
using Proximal.Objectives;
using Proximal.Ratios;
using Proximal.Regularizers;
using Proximal.Rollouts;
using Proximal.Tensors;
using Proximal.Tensors.Optimizers;
using Proximal.Tests.Rollouts;
using Proximal.Training;

namespace Proximal.Tests.Training;

public sealed class UpdateMemoryTests
{
    [Fact]
    public void A_warm_policy_update_allocates_a_few_kilobytes_and_a_thousand_hold_no_more_memory()
    {
        RolloutBatch batch = TestTrees.Batch(seed: 5, trees: 16);
        using LlamaModel model = LlamaModel.Create(
            new LlamaConfiguration { VocabularySize = TestTrees.Vocabulary, HiddenSize = 16, IntermediateSize = 20, Layers = 1, Heads = 2, TieEmbeddings = true },
            seed: 1);
        using Workers workers = new(1);
        using UpdateLanes lanes = new(model, workers, microbatchTokens: 64);
        using AdamW optimizer = new(model.Parameters, new AdamOptions { LearningRate = 1e-4 }, workers);
        GradientClipping clipping = new(model.Parameters, workers);
        PolicyUpdater updater = new(lanes, null);
        PolicyObjective objective = new(
            new TokenRatio(), null, new PpoClipping(new PpoClippingOptions()), [new EntropyBonus(new EntropyBonusOptions())], MeanAggregation.TokenMean());
        updater.Score(batch, 0, batch.Trees.Count, model, paths => paths.Old, paths => paths.Entropy);
        for (int t = 0; t < batch.Paths.TokenCount; t++)
        {
            batch.Paths.Advantage[t] = MathF.Sin(t);
        }

        Repeat(100);
        long held = lanes.BytesHeld, before = GC.GetAllocatedBytesForCurrentThread();
        Repeat(1000);

        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / 1000, 0, 2048);
        Assert.Equal(held, lanes.BytesHeld);

        void Repeat(int times)
        {
            for (int i = 0; i < times; i++)
            {
                optimizer.ClearGradients();
                updater.Update(batch, 0, batch.Trees.Count, objective, currentIsKnown: false);
                clipping.ByNorm(1);
                optimizer.Step();
            }
        }
    }
}
