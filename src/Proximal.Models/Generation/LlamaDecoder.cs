using Proximal.Models.Llama;
using Proximal.Tensors;
using Proximal.Tensors.Kernels;
using Proximal.Tensors.Memory;
using Proximal.Tensors.Segments;

namespace Proximal.Models.Generation;

/// <summary>
/// The forward pass of a model over new tokens whose past lies in a cache. It calls the kernels of the training pass, row by row the same
/// arithmetic, so a row's logits have the same bits as in training. One decoder a thread: it holds the activations and the cache.
/// </summary>
internal sealed unsafe class LlamaDecoder : IDisposable
{
    /// <summary>Rows that one pass takes; more are cut into several passes.</summary>
    public const int MaximumRows = 256;

    private const int LineFloats = 16;

    private readonly LlamaModel model;
    private readonly CpuBackend backend;
    private readonly NativeBuffer buffer;
    private readonly float* x;
    private readonly float* normed;
    private readonly float* queries;
    private readonly float* keys;
    private readonly float* values;
    private readonly float* attended;
    private readonly float* gate;
    private readonly float* up;
    private readonly float* logits;
    private readonly int* segments;
    private readonly int* places;
    private readonly int* positions;
    private readonly int width;
    private readonly int inner;
    private readonly short[] routes;
    private readonly MixtureScratch? mixture;

    public LlamaDecoder(LlamaModel model, Workers workers)
    {
        this.model = model;
        backend = new CpuBackend(workers);
        Heads = new AttentionHeads(model.Configuration.Heads, model.Configuration.KeyValueHeads, model.Configuration.HeadDimension);
        Cache = new KeyValueCache(model.Configuration.Layers, Heads);
        width = model.Configuration.HiddenSize;
        inner = model.Configuration.IntermediateSize;
        routes = new short[MaximumRows * model.Configuration.RouteLength];
        mixture = model.Configuration.Experts > 0 ? new MixtureScratch(model.Configuration, MaximumRows) : null;

        Span<int> columns = [width, width, Heads.QueryStride, Heads.KeyStride, Heads.KeyStride, Heads.QueryStride, inner, inner, Vocabulary, 1, 1, 1];
        Span<long> starts = stackalloc long[columns.Length];
        long total = 0;
        for (int i = 0; i < columns.Length; i++)
        {
            starts[i] = total;

            // A line more than asked for keeps equal-sized buffers out of the same cache sets.
            total += (((long)columns[i] * MaximumRows) + LineFloats - 1) / LineFloats * LineFloats + LineFloats;
        }

        buffer = new NativeBuffer(total * sizeof(float));
        x = buffer.Floats + starts[0];
        normed = buffer.Floats + starts[1];
        queries = buffer.Floats + starts[2];
        keys = buffer.Floats + starts[3];
        values = buffer.Floats + starts[4];
        attended = buffer.Floats + starts[5];
        gate = buffer.Floats + starts[6];
        up = buffer.Floats + starts[7];
        logits = buffer.Floats + starts[8];
        segments = (int*)(buffer.Floats + starts[9]);
        places = (int*)(buffer.Floats + starts[10]);
        positions = (int*)(buffer.Floats + starts[11]);
    }

    /// <summary>Keys and values of the past.</summary>
    public KeyValueCache Cache { get; }

    /// <summary>Floats of a hidden state.</summary>
    public int Width => width;

    private AttentionHeads Heads { get; }

    private int Vocabulary => model.Configuration.VocabularySize;

    /// <summary>Runs new tokens through all layers; keys and values go to the cache, hidden states stay for <see cref="CopyHidden"/> and <see cref="Logits(int)"/>.</summary>
    /// <param name="tokens">Token of each row, at most <see cref="MaximumRows"/>. [rows]</param>
    /// <param name="cacheSegments">Cache segment that each row extends; rows of one segment are in order. [rows]</param>
    /// <exception cref="ArgumentOutOfRangeException">A token is not in the vocabulary of the model, as where the tokenizer is another model's.</exception>
    public void Forward(ReadOnlySpan<int> tokens, ReadOnlySpan<int> cacheSegments)
    {
        int rows = tokens.Length;
        foreach (int token in tokens)
        {
            if ((uint)token >= (uint)Vocabulary)
            {
                throw new ArgumentOutOfRangeException(nameof(tokens), token, $"A token is outside the model's vocabulary 0..{Vocabulary - 1}; is the tokenizer the model's?");
            }
        }

        float epsilon = (float)model.Configuration.NormEpsilon;
        for (int row = 0; row < rows; row++)
        {
            segments[row] = cacheSegments[row];
            places[row] = Cache.Extend(cacheSegments[row], 1);
            positions[row] = Cache.Depth(cacheSegments[row]) + places[row];
            Buffer.MemoryCopy(model.Embedding.Pointer + ((long)tokens[row] * width), x + ((long)row * width), width * sizeof(float), width * sizeof(float));
        }

        for (int i = 0; i < model.Layers.Length; i++)
        {
            LlamaLayer layer = model.Layers[i];
            backend.RmsNormHere(rows, width, x, layer.InputNorm.Pointer, epsilon, normed);
            backend.MatMulPackedMany(
                rows,
                normed,
                width,
                [Product(layer.Query, layer.QueryBias, queries), Product(layer.Key, layer.KeyBias, keys), Product(layer.Value, layer.ValueBias, values)]);
            backend.RotateHere(model.Rotary, rows, Heads.Queries, positions, queries);
            backend.RotateHere(model.Rotary, rows, Heads.Keys, positions, keys);
            Cache.Write(i, rows, segments, places, keys, values);
            backend.AttendCached(Cache, i, rows, segments, places, queries, attended);
            AddProduct(rows, attended, Heads.QueryStride, layer.Output, layer.OutputBias);

            backend.RmsNormHere(rows, width, x, layer.PostAttentionNorm.Pointer, epsilon, normed);
            if (layer.FeedForward is { } dense)
            {
                backend.MatMulPackedMany(rows, normed, width, [Product(dense.Gate, dense.GateBias, gate), Product(dense.Up, dense.UpBias, up)]);
                backend.SwiGluHere(rows * inner, gate, up, gate);
                AddProduct(rows, gate, inner, dense.Down, dense.DownBias);
            }
            else
            {
                mixture!.Forward(backend, layer.Mixture!, rows, normed, x, routes);
            }
        }

        backend.RmsNormHere(rows, width, x, model.FinalNorm.Pointer, epsilon, normed);
    }

    /// <summary>The experts that a row of the last pass went through, layer by layer; empty for a dense model.</summary>
    public ReadOnlySpan<short> Route(int row) => routes.AsSpan(row * model.Configuration.RouteLength, model.Configuration.RouteLength);

    /// <summary>Copies the final hidden state of a row of the last pass. [hidden]</summary>
    public void CopyHidden(int row, Span<float> destination) => new ReadOnlySpan<float>(normed + ((long)row * width), width).CopyTo(destination);

    /// <summary>Logits of the rows of the last pass. [rows, vocabulary]</summary>
    public void Logits(int rows) =>
        backend.MatMulPacked(rows, normed, width, backend.PackedFor(model.Head, transposed: true), logits, Vocabulary, accumulate: false);

    /// <summary>Logits of one hidden state, as row 0.</summary>
    public void Logits(ReadOnlySpan<float> hidden)
    {
        hidden.CopyTo(new Span<float>(normed, width));
        Logits(1);
    }

    /// <summary>A row of the logits that were computed last. [vocabulary]</summary>
    public ReadOnlySpan<float> LogitsRow(int row) => new(logits + ((long)row * Vocabulary), Vocabulary);

    /// <summary>Log-probability of a token and entropy under a row of logits, with the bits of the training head.</summary>
    public void Score(int row, int token, out float logProb, out float entropy) =>
        backend.LogSoftmaxRow(logits + ((long)row * Vocabulary), Vocabulary, token, out logProb, out entropy);

    public void Dispose()
    {
        Cache.Dispose();
        mixture?.Dispose();
        buffer.Dispose();
    }

    private PackedProduct Product(Parameter weight, Parameter? bias, float* output) =>
        new(backend.PackedFor(weight, transposed: true), output, weight.Shape[0], bias is null ? null : bias.Pointer, 0);

    /// <summary>x += bias + input·Wᵀ, the chains starting from x.</summary>
    private void AddProduct(int rows, float* input, int inputs, Parameter weight, Parameter? bias)
    {
        if (bias is not null)
        {
            backend.AddRowwise(rows, width, bias.Pointer, 0, x, x, accumulate: false);
        }

        backend.MatMulPacked(rows, input, inputs, backend.PackedFor(weight, transposed: true), x, width, accumulate: true);
    }
}
