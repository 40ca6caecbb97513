using Proximal.Models.Configuration;
using Proximal.Models.Llama;
using Proximal.Tensors;
using Proximal.Tensors.Segments;

namespace Proximal.Models.Tests.Llama;

public sealed class LlamaLanesTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(511, 1)]
    [InlineData(512, 2)]
    [InlineData(1500, 4)]
    [InlineData(1_000_000, 8)]
    public void The_number_of_lanes_follows_from_the_tokens_of_the_batch(long tokens, int lanes)
    {
        using LlamaModel model = NewModel(16);
        foreach (int count in new[] { 1, 2, 16 })
        {
            using Workers workers = new(count);
            using LlamaLanes all = new(model, workers);

            Assert.Equal(lanes, all.CountFor(tokens));
        }
    }

    [Fact]
    public void Models_with_large_gradients_have_fewer_lanes()
    {
        using LlamaModel model = NewModel(400_000);
        using Workers workers = new(1);
        using LlamaLanes lanes = new(model, workers);

        Assert.Equal(2, lanes.CountFor(1_000_000));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Gradients_have_the_same_bits_beside_each_other_and_one_after_the_other(int threads)
    {
        Assert.Equal(Gradients(threads: 1), Gradients(threads));
    }

    [Fact]
    public void Gradients_are_those_of_one_pass()
    {
        using LlamaModel model = NewModel(16);
        using Workers workers = new(1);
        using LlamaLanes lanes = new(model, workers);
        lanes.Run(1, recording: true, (lane, _) =>
        {
            for (int part = 0; part < 4; part++)
            {
                Pass(lane, part);
            }
        });
        float[] expected = [.. model.Parameters.SelectMany(p => p.Gradient.ToArray())], actual = Gradients(threads: 2);

        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], 1e-4f * Math.Max(1, Math.Abs(expected[i])));
        }
    }

    [Fact]
    public void An_error_of_a_lane_reaches_the_caller()
    {
        using LlamaModel model = NewModel(16);
        using Workers workers = new(2);
        using LlamaLanes lanes = new(model, workers);

        Assert.Throws<InvalidDataException>(() => lanes.Run(4, recording: true, (_, index) => throw new InvalidDataException($"{index}")));
        lanes.Run(4, recording: true, Pass);
    }

    private static float[] Gradients(int threads)
    {
        using LlamaModel model = NewModel(16);
        using Workers workers = new(threads);
        using LlamaLanes lanes = new(model, workers);
        lanes.Run(4, recording: true, Pass);
        lanes.SumGradients(4);
        return [.. model.Parameters.SelectMany(p => p.Gradient.ToArray())];
    }

    private static void Pass(LlamaLane lane, int part)
    {
        int[] tokens = [.. Enumerable.Range(0, 60).Select(i => (7 * i * (part + 1)) % 16)], rows = [.. Enumerable.Range(0, 60)];
        SegmentLayout layout = new();
        layout.Add(-1, 60);
        Tensor logProb = lane.Model.Score(lane.Model.Forward(lane.Tape, tokens, layout), rows, tokens, out _);
        lane.Tape.Backward(logProb.Sum());
        lane.Tape.Reset();
    }

    private static LlamaModel NewModel(int vocabulary) => LlamaModel.Create(
        new LlamaConfiguration { VocabularySize = vocabulary, HiddenSize = 16, IntermediateSize = 24, Layers = 2, Heads = 2, TieEmbeddings = true, MaximumPositions = 128 },
        seed: 1);
}
