using Proximal.Tensors.Optimizers;
using Proximal.Tensors.Random;

namespace Proximal.Tensors.Tests.Operations;

public sealed class TrainingStepTests
{
    [Fact]
    public void A_warm_training_step_allocates_nothing_and_holds_no_more_memory()
    {
        using Workers workers = new(1);
        using Tape tape = new(workers);
        using Parameter filters = Initialized("filters", 1, 0.3, 4, 1, 3, 3), channels = new("channels", new Shape(4));
        using Parameter hidden = Initialized("hidden", 2, 0.3, 16, 16), hiddenBias = new("hidden.bias", new Shape(16));
        using Parameter head = Initialized("head", 3, 0.3, 3, 16);
        Parameter[] parameters = [filters, channels, hidden, hiddenBias, head];
        using AdamW optimizer = new(parameters, workers: workers);
        GradientClipping clipping = new(parameters, workers);
        float[] images = Doubles.Random(4, -1, 1, 6, 1, 4, 4).ToFloats();
        int[] targets = [0, 1, 2, 0, 1, 2];
        for (int step = 0; step < 50; step++)
        {
            Step(step);
        }

        long held = tape.BytesHeld, before = GC.GetAllocatedBytesForCurrentThread();
        float loss = 0;
        for (int step = 50; step < 1050; step++)
        {
            loss = Step(step);
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(allocated < 1024, $"1000 steps allocated {allocated} bytes.");
        Assert.Equal(held, tape.BytesHeld);
        Assert.InRange(loss, 0, 0.5);

        float Step(int step)
        {
            tape.Reset();
            Tensor x = tape.Input(new Shape(6, 1, 4, 4), images);
            Tensor features = x.Conv2d(filters, channels, padding: 1).Relu().MaxPool2d(2).Reshape(6, 16);
            Tensor inner = features.LayerNorm().MatMul(hidden, transposeB: true) + hiddenBias;
            Tensor logits = inner.Gelu().Dropout(0.05, new RandomStream(5, RandomPurpose.Dropout, step)).MatMul(head, transposeB: true);
            Tensor penalty = ShapeOperations.Concatenate(0, logits.Slice(0, 0, 2), logits.Slice(0, 2, 4)).Transpose().Square().Mean([0, 1]);
            Tensor loss = logits.CrossEntropy(targets) + (penalty * 1e-3f);
            tape.Backward(loss);
            clipping.ByNorm(1);
            optimizer.Step(1e-2);
            optimizer.ClearGradients();
            return loss.Item;
        }
    }

    [Theory]
    [InlineData("sgd")]
    [InlineData("adamw")]
    [InlineData("lion")]
    [InlineData("muon")]
    public void Exclusive_or_is_learned(string name)
    {
        using Parameter hidden = Initialized("hidden", 1, 1, 8, 2), bias = Initialized("bias", 2, 1, 8), head = Initialized("head", 3, 1, 1, 8);
        Parameter[] parameters = [hidden, bias, head];
        using Optimizer optimizer = name switch
        {
            "sgd" => new Sgd(parameters, new SgdOptions { LearningRate = 0.3, Momentum = 0.9 }),
            "adamw" => new AdamW(parameters, new AdamOptions { LearningRate = 0.05 }),
            "lion" => new Lion(parameters, new LionOptions { LearningRate = 0.01 }),
            _ => new Muon(parameters, new MuonOptions { LearningRate = 0.05, Others = new AdamOptions { LearningRate = 0.05 } }),
        };
        using Tape tape = new();
        float loss = 1;
        for (int step = 0; step < 400; step++)
        {
            tape.Reset();
            Tensor x = tape.Input(new Shape(4, 2), [0, 0, 0, 1, 1, 0, 1, 1]), y = tape.Input(new Shape(4, 1), [0, 1, 1, 0]);
            Tensor error = (x.MatMul(hidden, transposeB: true) + bias).Tanh().MatMul(head, transposeB: true).BinaryCrossEntropyWithLogits(y);
            loss = error.Item;
            tape.Backward(error);
            optimizer.Step();
            optimizer.ClearGradients();
        }

        Assert.InRange(loss, 0, 0.1);
    }

    private static Parameter Initialized(string name, int seed, double scale, params int[] sizes)
    {
        Parameter parameter = new(name, new Shape(sizes));
        Doubles.Random(seed, -scale, scale, sizes).ToFloats().CopyTo(parameter.Data);
        return parameter;
    }
}
