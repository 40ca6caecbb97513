using Proximal.Tensors;
using Proximal.Tensors.Random;
using Proximal.Tensors.Segments;

namespace Proximal.Models.Networks;

/// <summary>
/// A decoder over sequences of vectors (Vaswani et al. 2017, with the norms before each part as in GPT-2): x += attention(norm(x)); x += W2 f(W1
/// norm(x)); a norm at the end. Every row sees the rows before it in its sequence and itself. Positions are up to whoever makes the vectors.
/// </summary>
public sealed class CausalTransformer : IDisposable
{
    private readonly Block[] blocks;
    private readonly Parameter finalWeight;
    private readonly Parameter finalBias;
    private readonly Parameter[] parameters;
    private readonly int heads;
    private readonly double dropout;
    private readonly Activation activation;

    /// <summary>Creates a network.</summary>
    /// <param name="name">Beginning of the parameters' names.</param>
    /// <param name="width">Numbers per row, a multiple of the heads.</param>
    /// <param name="layers">Layers.</param>
    /// <param name="heads">Heads of attention.</param>
    /// <param name="dropout">Probability with which outputs of attention and layers are dropped in training, in [0, 1).</param>
    /// <param name="activation">Between the two products of a layer.</param>
    /// <param name="seed">Seed of the first weights: N(0, 0.02^2) as in GPT-2, biases 0.</param>
    /// <exception cref="ArgumentException">The width is not a multiple of the heads.</exception>
    public CausalTransformer(string name, int width, int layers, int heads, double dropout, Activation activation, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(layers, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(heads, 1);
        if (width % heads != 0)
        {
            throw new ArgumentException($"A width of {width} cannot be divided by {heads} heads.", nameof(width));
        }

        (this.heads, this.dropout, this.activation) = (heads, dropout, activation);
        blocks = [.. Enumerable.Range(0, layers).Select(i => new Block($"{name}.{i}", width, seed))];
        finalWeight = NormWeight($"{name}.norm.weight", width);
        finalBias = new Parameter($"{name}.norm.bias", new Shape(width));
        parameters = [.. blocks.SelectMany(block => block.Parameters), finalWeight, finalBias];
    }

    /// <summary>All parameters.</summary>
    public IReadOnlyList<Parameter> Parameters => parameters;

    /// <summary>Computes the network.</summary>
    /// <param name="input">[rows, width].</param>
    /// <param name="layout">The sequences of the rows.</param>
    /// <param name="dropoutStep">Names the dropout masks of an update; null for inference, which drops nothing.</param>
    /// <param name="seed">Seed of the dropout masks.</param>
    /// <returns>[rows, width].</returns>
    public Tensor Forward(Tensor input, SegmentLayout layout, long? dropoutStep = null, ulong seed = 0)
    {
        Tensor x = input;
        for (int i = 0; i < blocks.Length; i++)
        {
            Block block = blocks[i];
            Tensor normed = x.LayerNorm(block.Norm1Weight, block.Norm1Bias);
            Tensor attended = block.Output.Forward(
                block.Queries.Forward(normed).Attention(block.Keys.Forward(normed), block.Values.Forward(normed), layout, heads, heads));
            x = x.Add(Drop(attended, dropoutStep, seed, i, 0));
            Tensor inner = activation.Apply(block.Up.Forward(x.LayerNorm(block.Norm2Weight, block.Norm2Bias)));
            x = x.Add(Drop(block.Down.Forward(inner), dropoutStep, seed, i, 1));
        }

        return x.LayerNorm(finalWeight, finalBias);
    }

    /// <summary>Drops elements of a tensor in training.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="dropoutStep">Names the masks of an update; null for inference.</param>
    /// <param name="seed">Seed of the masks.</param>
    /// <param name="layer">Number of the layer; other numbers than those of the layers for tensors outside.</param>
    /// <param name="use">Number of the use within the layer.</param>
    public Tensor Drop(Tensor x, long? dropoutStep, ulong seed, int layer, int use) => dropoutStep is { } step && dropout > 0
        ? x.Dropout(dropout, new RandomStream(seed, RandomPurpose.Dropout, step, layer, use))
        : x;

    /// <summary>Frees the parameters.</summary>
    public void Dispose()
    {
        foreach (Parameter parameter in parameters)
        {
            parameter.Dispose();
        }
    }

    private static Parameter NormWeight(string name, int width)
    {
        Parameter weight = new(name, new Shape(width));
        weight.Data.Fill(1);
        return weight;
    }

    private sealed class Block
    {
        public Block(string name, int width, ulong seed)
        {
            Norm1Weight = NormWeight($"{name}.norm1.weight", width);
            Norm1Bias = new Parameter($"{name}.norm1.bias", new Shape(width));
            Norm2Weight = NormWeight($"{name}.norm2.weight", width);
            Norm2Bias = new Parameter($"{name}.norm2.bias", new Shape(width));
            Queries = Layer("queries", width, width);
            Keys = Layer("keys", width, width);
            Values = Layer("values", width, width);
            Output = Layer("output", width, width);
            Up = Layer("up", width, 4 * width);
            Down = Layer("down", 4 * width, width);

            LinearLayer Layer(string part, int inputs, int outputs) =>
                new($"{name}.{part}", inputs, outputs, WeightInitialization.Normal(0.02), NetworkRandom.Stream(seed, $"{name}.{part}", 0));
        }

        public Parameter Norm1Weight { get; }

        public Parameter Norm1Bias { get; }

        public Parameter Norm2Weight { get; }

        public Parameter Norm2Bias { get; }

        public LinearLayer Queries { get; }

        public LinearLayer Keys { get; }

        public LinearLayer Values { get; }

        public LinearLayer Output { get; }

        public LinearLayer Up { get; }

        public LinearLayer Down { get; }

        public IEnumerable<Parameter> Parameters =>
        [
            Norm1Weight, Norm1Bias, .. Queries.Parameters, .. Keys.Parameters, .. Values.Parameters, .. Output.Parameters,
            Norm2Weight, Norm2Bias, .. Up.Parameters, .. Down.Parameters,
        ];
    }
}
