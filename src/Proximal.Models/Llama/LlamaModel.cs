using Proximal.Models.Checkpoints;
using Proximal.Models.Configuration;
using Proximal.Tensors;
using Proximal.Tensors.Kernels;
using Proximal.Tensors.Random;
using Proximal.Tensors.Segments;

namespace Proximal.Models.Llama;

/// <summary>
/// A Llama-shaped decoder: token embedding, layers of RMS norm, rotary grouped-query attention and SwiGLU (one unit, or a mixture of experts), a final
/// norm and a head.
/// Training (this class) and generation (<see cref="Generation.Generator"/>) run on the same kernels, so a token's log-probability has the same bits in both.
/// </summary>
public sealed unsafe class LlamaModel : IDisposable
{
    private const string EmbeddingName = "model.embed_tokens.weight";

    private readonly Parameter[] parameters;
    private readonly Parameter[] matrices;
    private readonly bool ownsRotary;

    /// <summary>Creates a model whose parameters are zero; see <see cref="Create"/> and <see cref="Load"/>.</summary>
    private LlamaModel(LlamaConfiguration configuration, bool trainable)
        : this(
            configuration,
            new RotaryTable(configuration.RotaryBase, configuration.HeadDimension, configuration.MaximumPositions),
            (name, shape) => new Parameter(name, shape, trainable) { SeparatesLookups = configuration.TieEmbeddings && name == EmbeddingName }) =>
        ownsRotary = true;

    private LlamaModel(LlamaConfiguration configuration, RotaryTable rotary, Func<string, Shape, Parameter> parameter)
    {
        Configuration = configuration;
        Rotary = rotary;
        Embedding = parameter(EmbeddingName, new Shape(configuration.VocabularySize, configuration.HiddenSize));
        Layers = [.. Enumerable.Range(0, configuration.Layers).Select(i => new LlamaLayer(configuration, i, parameter))];
        FinalNorm = parameter("model.norm.weight", new Shape(configuration.HiddenSize));
        Head = configuration.TieEmbeddings ? Embedding : parameter("lm_head.weight", new Shape(configuration.VocabularySize, configuration.HiddenSize));
        parameters = [Embedding, .. Layers.SelectMany(layer => layer.Parameters()), FinalNorm, .. configuration.TieEmbeddings ? [] : new[] { Head }];
        matrices = [.. Layers.SelectMany(layer => layer.Matrices), Head];
    }

    /// <summary>Sizes and constants.</summary>
    public LlamaConfiguration Configuration { get; }

    /// <summary>All parameters in the order of the network, under their Hugging Face names.</summary>
    public IReadOnlyList<Parameter> Parameters => parameters;

    /// <summary>Number of trained numbers.</summary>
    public long ParameterCount => parameters.Sum(p => (long)p.Length);

    /// <summary>The matrix that makes logits of hidden states; the embedding itself where the two are tied. [vocabulary, hidden]</summary>
    public Tensor OutputWeights => Head;

    internal Parameter Embedding { get; }

    internal LlamaLayer[] Layers { get; }

    internal Parameter FinalNorm { get; }

    internal Parameter Head { get; }

    internal RotaryTable Rotary { get; }

    /// <summary>
    /// A new model with random parameters: matrices N(0, 1/in), those that write to the residual stream N(0, 1/(2·layers·in)), embeddings
    /// N(0, 0.3²), an untied head N(0, 0.3²/width), norms 1. At small widths these keep attention from starting out uniform, where a standard
    /// deviation of 0.02 leaves a long plateau.
    /// </summary>
    /// <param name="configuration">Sizes and constants.</param>
    /// <param name="seed">Seed of the random parameters.</param>
    public static LlamaModel Create(LlamaConfiguration configuration, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        LlamaModel model = new(configuration, trainable: true);
        for (int i = 0; i < model.parameters.Length; i++)
        {
            model.Initialize(model.parameters[i], new RandomStream(seed, RandomPurpose.Initialization, i));
        }

        return model;
    }

    /// <summary>Loads a checkpoint in Hugging Face layout.</summary>
    /// <param name="folder">Folder with <c>config.json</c> and <c>model.safetensors</c> (or its index).</param>
    /// <param name="trainable">Whether gradients are computed.</param>
    /// <exception cref="IOException">A file is missing, or does not hold what the configuration needs.</exception>
    public static LlamaModel Load(string folder, bool trainable = true)
    {
        LlamaModel model = new(LlamaConfiguration.Read(Path.Combine(folder, LlamaConfiguration.FileName)), trainable);
        CheckpointFolder.Load(folder, model.parameters);
        return model;
    }

    /// <summary>A copy with its own parameters.</summary>
    /// <param name="trainable">Whether the copy computes gradients; a reference model does not.</param>
    public LlamaModel Clone(bool trainable)
    {
        LlamaModel copy = new(Configuration, trainable);
        copy.CopyFrom(this);
        return copy;
    }

    /// <summary>Takes over the values of another model of the same shape.</summary>
    /// <exception cref="ArgumentException">The models have different parameters.</exception>
    public void CopyFrom(LlamaModel other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (!parameters.Select(p => (p.Name, p.Shape)).SequenceEqual(other.parameters.Select(p => (p.Name, p.Shape))))
        {
            throw new ArgumentException($"The parameters of the other model ({other.ParameterCount} numbers) are not those of this one ({ParameterCount}).", nameof(other));
        }

        for (int i = 0; i < parameters.Length; i++)
        {
            other.parameters[i].Data.CopyTo(parameters[i].Data);
            parameters[i].MarkChanged();
        }
    }

    /// <summary>The hidden state of every packed token after the final norm.</summary>
    /// <param name="tape">Where the computation is recorded.</param>
    /// <param name="tokens">Token ids. [rows]</param>
    /// <param name="layout">Segments of the rows.</param>
    /// <returns>[rows, hidden]</returns>
    /// <exception cref="ArgumentException">Rows and layout differ, or a path is longer than the model's positions.</exception>
    public Tensor Forward(Tape tape, ReadOnlySpan<int> tokens, SegmentLayout layout) => Forward(tape, tokens, layout, [], []);

    /// <summary>As the other overload, for a mixture of experts whose routes are replayed or recorded.</summary>
    /// <param name="tape">Where the computation is recorded.</param>
    /// <param name="tokens">Token ids. [rows]</param>
    /// <param name="layout">Segments of the rows.</param>
    /// <param name="replayed">
    /// The experts that each token goes through, whatever its routers say; -1 leaves a token to them. Weights are those of the routers as they are now,
    /// over the named experts. Empty to replay nothing. [rows, <see cref="LlamaConfiguration.RouteLength"/>]
    /// </param>
    /// <param name="chosen">Receives the experts that the routers themselves choose; empty where nobody asks. [rows, <see cref="LlamaConfiguration.RouteLength"/>]</param>
    /// <returns>[rows, hidden]</returns>
    /// <exception cref="ArgumentException">Rows and layout differ, a path is longer than the model's positions, or routes are of another length.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A replayed route names no expert.</exception>
    public Tensor Forward(Tape tape, ReadOnlySpan<int> tokens, SegmentLayout layout, ReadOnlySpan<short> replayed, Span<short> chosen)
    {
        ArgumentNullException.ThrowIfNull(tape);
        ArgumentNullException.ThrowIfNull(layout);
        if (tokens.Length != layout.Rows)
        {
            throw new ArgumentException($"{tokens.Length} tokens for a layout of {layout.Rows} rows.", nameof(tokens));
        }

        if (layout.LongestPath > Configuration.MaximumPositions)
        {
            throw new ArgumentException(
                $"A path of {layout.LongestPath} tokens is longer than the {Configuration.MaximumPositions} positions of the model.", nameof(layout));
        }

        int routes = layout.Rows * Configuration.RouteLength;
        if ((!replayed.IsEmpty && replayed.Length != routes) || (!chosen.IsEmpty && chosen.Length != routes))
        {
            throw new ArgumentException(
                $"Routes of {replayed.Length} and {chosen.Length} numbers for {layout.Rows} rows of {Configuration.RouteLength}.", nameof(replayed));
        }

        int heads = Configuration.Heads, keyValueHeads = Configuration.KeyValueHeads;
        float epsilon = (float)Configuration.NormEpsilon;
        Tensor x = tape.Embedding(Embedding, tokens);
        Span<int> positions = new(tape.RentIntegers(layout.Rows), layout.Rows);
        layout.WritePositions(positions);
        foreach (LlamaLayer layer in Layers)
        {
            x.RmsNorm(layer.InputNorm, epsilon).Linear(layer.Attention, out Tensor q, out Tensor k, out Tensor v);
            Tensor attended = q.Rotary(Rotary, positions).Attention(k.Rotary(Rotary, positions), v, layout, heads, keyValueHeads);
            x = attended.Linear(layer.Output, layer.OutputBias, residual: x);

            Tensor normed = x.RmsNorm(layer.PostAttentionNorm, epsilon);
            if (layer.FeedForward is { } dense)
            {
                normed.Linear(dense.Gated, out Tensor gate, out Tensor up);
                x = gate.SwiGlu(up).Linear(dense.Down, dense.DownBias, residual: x);
            }
            else
            {
                x = layer.Mixture!.Forward(normed, x, replayed, chosen);
            }
        }

        return x.RmsNorm(FinalNorm, epsilon);
    }

    /// <summary>Log-probability and entropy of tokens, each predicted from a row of hidden states.</summary>
    /// <param name="hidden">What <see cref="Forward(Tape, ReadOnlySpan{int}, SegmentLayout)"/> returned. [rows, hidden]</param>
    /// <param name="rows">The row that predicts each token. [scored]</param>
    /// <param name="tokens">The tokens. [scored]</param>
    /// <param name="entropy">Receives the entropy of each prediction in nats. [scored]</param>
    /// <returns>[scored]</returns>
    public Tensor Score(Tensor hidden, ReadOnlySpan<int> rows, ReadOnlySpan<int> tokens, out Tensor entropy)
    {
        hidden.Head(Head, rows, tokens, out Tensor logProb, out entropy);
        return logProb;
    }

    /// <summary>As the other overload, with the divergence KL(this ‖ reference) of each prediction over the whole vocabulary.</summary>
    /// <param name="hidden">What <see cref="Forward(Tape, ReadOnlySpan{int}, SegmentLayout)"/> of this model returned. [rows, hidden]</param>
    /// <param name="reference">The reference model.</param>
    /// <param name="referenceHidden">What <see cref="Forward(Tape, ReadOnlySpan{int}, SegmentLayout)"/> of the reference returned. [rows, hidden]</param>
    /// <param name="rows">The row that predicts each token. [scored]</param>
    /// <param name="tokens">The tokens. [scored]</param>
    /// <param name="entropy">Receives the entropy of each prediction in nats. [scored]</param>
    /// <param name="divergence">Receives the divergence of each prediction in nats. [scored]</param>
    /// <returns>[scored]</returns>
    public Tensor Score(
        Tensor hidden,
        LlamaModel reference,
        Tensor referenceHidden,
        ReadOnlySpan<int> rows,
        ReadOnlySpan<int> tokens,
        out Tensor entropy,
        out Tensor divergence)
    {
        ArgumentNullException.ThrowIfNull(reference);
        hidden.HeadWithReference(Head, referenceHidden, reference.Head, rows, tokens, out Tensor logProb, out entropy, out divergence);
        return logProb;
    }

    /// <summary>The same model with gradients of its own: see <see cref="Parameter.Lane"/>.</summary>
    internal LlamaModel Lane()
    {
        Dictionary<string, Parameter> whole = parameters.ToDictionary(p => p.Name);
        return new LlamaModel(Configuration, Rotary, (name, _) => whole[name].Lane());
    }

    /// <summary>Packs the matrices, so that threads which run beside each other find them ready.</summary>
    /// <param name="workers">Threads that share the matrices.</param>
    /// <param name="forGradients">Whether backward passes follow; otherwise only what forward passes read is packed.</param>
    internal void Pack(Workers workers, bool forGradients)
    {
        PackWork work = new() { Backend = new CpuBackend(workers), Matrices = matrices, ForGradients = forGradients };
        workers.For(matrices.Length, 1, ref work);
    }

    /// <summary>Frees the parameters.</summary>
    public void Dispose()
    {
        if (ownsRotary)
        {
            Rotary.Dispose();
        }

        foreach (Parameter parameter in parameters)
        {
            parameter.Dispose();
        }
    }

    private void Initialize(Parameter parameter, RandomStream stream)
    {
        if (parameter.Shape.Rank == 1)
        {
            parameter.Data.Fill(parameter.Name.EndsWith(".bias", StringComparison.Ordinal) ? 0 : 1);
            parameter.MarkChanged();
            return;
        }

        double width = parameter.Shape[1];
        bool writesResidual = Layers.Any(layer => layer.WritesResidual(parameter));
        double deviation =
            parameter == Embedding ? 0.3 :
            parameter == Head ? 0.3 / Math.Sqrt(width) :
            writesResidual ? 1 / Math.Sqrt(2 * Configuration.Layers * width) :
            1 / Math.Sqrt(width);
        Span<float> values = parameter.Data;
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (float)(deviation * stream.Normal(i));
        }

        parameter.MarkChanged();
    }

    private struct PackWork : IRangeWork
    {
        public CpuBackend Backend;
        public Parameter[] Matrices;
        public bool ForGradients;

        public readonly void Run(int start, int end, int worker)
        {
            for (int i = start; i < end; i++)
            {
                Backend.PackedFor(Matrices[i], transposed: true);
                if (ForGradients)
                {
                    Backend.PackedFor(Matrices[i], transposed: false);
                }
            }
        }
    }
}
