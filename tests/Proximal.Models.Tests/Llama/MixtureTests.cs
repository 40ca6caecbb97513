using Proximal.Models.Checkpoints;
using Proximal.Models.Configuration;
using Proximal.Models.Generation;
using Proximal.Models.Llama;
using Proximal.Tensors;
using Proximal.Tensors.Random;
using Proximal.Tensors.Segments;

namespace Proximal.Models.Tests.Llama;

public sealed class MixtureTests
{
    private static readonly LlamaConfiguration Tiny = new()
    {
        VocabularySize = 11,
        HiddenSize = 8,
        IntermediateSize = 6,
        Layers = 1,
        Heads = 1,
        Experts = 3,
        ExpertsPerToken = 2,
        MaximumPositions = 8,
    };

    [Theory]
    [InlineData(new[] { 0.1f, 0.5f, 0.3f, 0.4f }, new[] { 1, 3 })]
    [InlineData(new[] { 2f, 2f, 2f, 2f }, new[] { 0, 1 })]
    [InlineData(new[] { -5f, float.NegativeInfinity, -7f, -6f }, new[] { 0, 3 })]
    [InlineData(new[] { float.NaN, float.NaN, float.NaN, float.NaN }, new[] { 0, 1 })]
    public void The_largest_logits_are_chosen_and_named_in_ascending_order(float[] logits, int[] expected)
    {
        int[] chosen = new int[2];
        ExpertRouting.Choose(logits, chosen);
        Assert.Equal(expected, chosen);
    }

    [Fact]
    public void One_token_goes_through_the_softmax_of_the_two_best_of_all_experts()
    {
        using LlamaModel model = LlamaModel.Create(Tiny, seed: 3);
        using Tape tape = new(recording: false);
        SegmentLayout layout = new();
        layout.Add(-1, 1);
        short[] chosen = new short[2];
        float[] hidden = model.Forward(tape, [4], layout, [], chosen).Data.ToArray();

        // One token attends to itself alone: attention adds value and output projection. All of it in double precision, softmax over all experts first.
        double[] x = [.. Values("model.embed_tokens.weight").Skip(4 * 8).Take(8)];
        double[] attended = Times("model.layers.0.self_attn.o_proj.weight", Times("model.layers.0.self_attn.v_proj.weight", Normed(x)));
        x = [.. x.Zip(attended, (a, b) => a + b)];
        double[] normed = Normed(x), logits = Times("model.layers.0.block_sparse_moe.gate.weight", normed);
        double[] probabilities = [.. logits.Select(l => Math.Exp(l) / logits.Sum(Math.Exp))];
        int[] best = [.. Enumerable.Range(0, 3).OrderByDescending(e => probabilities[e]).Take(2).Order()];
        foreach (int expert in best)
        {
            string name = $"model.layers.0.block_sparse_moe.experts.{expert}.";
            double[] gate = Times(name + "w1.weight", normed), up = Times(name + "w3.weight", normed);
            double[] output = Times(name + "w2.weight", [.. gate.Zip(up, (g, u) => g / (1 + Math.Exp(-g)) * u)]);
            double weight = probabilities[expert] / best.Sum(e => probabilities[e]);
            x = [.. x.Zip(output, (a, b) => a + (weight * b))];
        }

        Assert.Equal(best, chosen.Select(e => (int)e));
        Assert.All(Normed(x).Zip(hidden), pair => Assert.Equal(pair.First, pair.Second, 1e-5));

        double[] Values(string name) => [.. model.Parameters.Single(p => p.Name == name).Data.ToArray().Select(v => (double)v)];

        double[] Times(string name, double[] v)
        {
            double[] matrix = Values(name);
            return [.. Enumerable.Range(0, matrix.Length / v.Length).Select(row => v.Select((a, i) => a * matrix[(row * v.Length) + i]).Sum())];
        }

        static double[] Normed(double[] v) => [.. v.Select(a => a / Math.Sqrt(v.Average(b => b * b) + 1e-6))];
    }

    [Fact]
    public void Gradients_of_a_replayed_pass_are_central_differences()
    {
        using LlamaModel model = LlamaModel.Create(Tiny, seed: 5);
        int[] tokens = [1, 7, 3, 9, 2], rows = [0, 1, 2, 3];
        short[] replayed = [0, 1, 1, 2, 0, 2, 0, 1, -1, -1];
        SegmentLayout layout = new();
        layout.Add(-1, tokens.Length);
        using Tape tape = new();
        tape.Backward(Loss());
        tape.Reset();
        tape.Recording = false;
        foreach (Parameter parameter in model.Parameters)
        {
            for (int i = 0; i < parameter.Length; i += Math.Max(1, parameter.Length / 6))
            {
                const float h = 2e-3f;
                float kept = parameter.Data[i];
                double above = At(parameter, i, kept + h), below = At(parameter, i, kept - h);
                At(parameter, i, kept);
                Assert.Equal((above - below) / (2 * h), parameter.Gradient.IsEmpty ? 0 : parameter.Gradient[i], 4e-3);
            }
        }

        Tensor Loss() => model.Score(model.Forward(tape, tokens, layout, replayed, []), rows, tokens.AsSpan(1), out _).Sum();

        double At(Parameter parameter, int index, float value)
        {
            parameter.Data[index] = value;
            parameter.MarkChanged();
            double loss = Loss().Item;
            tape.Reset();
            return loss;
        }
    }

    [Fact]
    public void A_replay_of_the_routers_own_choice_changes_no_bit_and_another_route_does()
    {
        using LlamaModel model = TinyModels.Create("mixture of experts");
        int[] tokens = [1, 7, 3, 9, 2, 2, 14];
        SegmentLayout layout = new();
        layout.Add(-1, tokens.Length);
        using Tape tape = new(recording: false);
        short[] chosen = new short[tokens.Length * model.Configuration.RouteLength], again = new short[chosen.Length];
        float[] free = model.Forward(tape, tokens, layout, [], chosen).Data.ToArray();
        Assert.Equal(free, model.Forward(tape, tokens, layout, chosen, again).Data.ToArray());
        Assert.Equal(chosen, again);

        short[] other = [.. chosen];
        (other[0], other[1]) = chosen[0] == 0 && chosen[1] == 1 ? ((short)2, (short)3) : ((short)0, (short)1);
        Assert.NotEqual(free, model.Forward(tape, tokens, layout, other, again).Data.ToArray());
        Assert.Equal(chosen[..2], again[..2]);

        Assert.Throws<ArgumentException>(() => model.Forward(tape, tokens, layout, other.AsSpan(1), []));
        other[0] = 5;
        Assert.Throws<ArgumentOutOfRangeException>(() => model.Forward(tape, tokens, layout, other, []));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Generation_records_the_routes_of_the_training_pass(int threads)
    {
        using LlamaModel model = TinyModels.Create("mixture of experts");
        using Workers workers = new(threads);
        using Generator generator = new(model, new SamplingOptions(), endOfSequence: [3], workers);
        TokenTree tree = new([1, 2, 4, 8, 16]);
        List<GenerationJob> jobs = [.. Enumerable.Range(0, 9).Select(i => new GenerationJob(tree, tree.Branch(0, SegmentOrigin.Policy), new RandomStream(5, RandomPurpose.Sampling, i), 12))];
        generator.Run(jobs);

        SegmentLayout layout = new();
        List<int> tokens = [];
        tree.Pack(layout, tokens);
        int length = model.Configuration.RouteLength;
        short[] chosen = new short[tokens.Count * length];
        using Tape tape = new(workers, recording: false);
        model.Forward(tape, tokens.ToArray(), layout, [], chosen);
        foreach (TokenSegment segment in tree.Segments)
        {
            ReadOnlySpan<short> expected = chosen.AsSpan(layout.Start[segment.Index] * length, segment.Tokens.Length * length);
            int computed = segment.Origin == SegmentOrigin.Policy ? segment.Tokens.Length - 1 : segment.Tokens.Length;
            Assert.Equal(expected[..(computed * length)].ToArray(), segment.Routes[..(computed * length)].ToArray());
            Assert.Equal((computed * length, length), (segment.Routes.Length, segment.RouteLength));
        }

        TokenSegment prompt = tree.Segments[0];
        prompt.ReserveRoutes(length + 1);
        Assert.All(prompt.Routes.ToArray(), expert => Assert.Equal(-1, expert));
    }

    [Fact]
    public void Checkpoints_carry_the_names_and_keys_of_mixtral_and_come_back()
    {
        using TemporaryFolder folder = new();
        using LlamaModel model = TinyModels.Create("mixture of experts");
        CheckpointFolder.Save(folder.File("m"), model.Configuration, null, model.Parameters);
        string json = File.ReadAllText(Path.Combine(folder.File("m"), "config.json"));
        Assert.Contains("\"model_type\": \"mixtral\"", json, StringComparison.Ordinal);
        Assert.Contains("\"MixtralForCausalLM\"", json, StringComparison.Ordinal);
        Assert.Contains("\"num_local_experts\": 5", json, StringComparison.Ordinal);
        Assert.Contains("\"num_experts_per_tok\": 2", json, StringComparison.Ordinal);
        Assert.DoesNotContain("bias", json, StringComparison.Ordinal);

        using LlamaModel read = LlamaModel.Load(folder.File("m"));
        Assert.Equal(model.Parameters.Select(p => p.Name).Order(), LlamaTensors.Of(model.Configuration).Select(t => t.Name).Order());
        Assert.Contains("model.layers.1.block_sparse_moe.experts.4.w2.weight", read.Parameters.Select(p => p.Name));
        Assert.All(model.Parameters.Zip(read.Parameters), pair => Assert.Equal(pair.First.Data.ToArray(), pair.Second.Data.ToArray()));
    }
}
