using Proximal.Models.Llama;
using Proximal.Tensors;
using Proximal.Tensors.Optimizers;
using Proximal.Tensors.Segments;

namespace Proximal.Models.Tests.Llama;

public sealed class TrainingStepTests
{
    [Fact]
    public void Values_are_not_copied_from_a_model_of_another_shape()
    {
        using LlamaModel model = TinyModels.Create("tied"), other = TinyModels.Create("one key head, all biases, odd sizes");
        float[] before = model.Parameters[0].Data.ToArray();
        Assert.Throws<ArgumentException>(() => model.CopyFrom(other));
        Assert.Equal(before, model.Parameters[0].Data.ToArray());
    }

    [Theory]
    [MemberData(nameof(TinyModels.Names), MemberType = typeof(TinyModels))]
    public void A_warm_step_of_a_language_model_allocates_nothing_and_a_thousand_hold_no_more_memory(string name)
    {
        using LlamaModel model = TinyModels.Create(name, positions: 64);
        using Workers workers = new(1);
        using Tape tape = new(workers);
        using AdamW optimizer = new(model.Parameters, new AdamOptions { LearningRate = 1e-3 }, workers);
        GradientClipping clipping = new(model.Parameters, workers);
        SegmentLayout layout = new();
        List<int> packed = [];
        RandomTrees.Create(3, model.Configuration.VocabularySize, 5, 6).Pack(layout, packed);
        int[] tokens = [.. packed];
        int[] rows = [.. Enumerable.Range(0, tokens.Length)];
        float[] seeds = [.. tokens.Select(_ => -1f / tokens.Length)];
        for (int step = 0; step < 200; step++)
        {
            Step();
        }

        long held = tape.BytesHeld, before = GC.GetAllocatedBytesForCurrentThread();
        for (int step = 0; step < 1000; step++)
        {
            Step();
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal(0, allocated);
        Assert.Equal(held, tape.BytesHeld);

        void Step()
        {
            optimizer.ClearGradients();
            Tensor hidden = model.Forward(tape, tokens, layout);
            Tensor logProb = model.Score(hidden, rows, tokens, out _);
            tape.Seed(logProb, seeds);
            tape.Backward();
            clipping.ByNorm(1);
            optimizer.Step();
            tape.Reset();
        }
    }
}
