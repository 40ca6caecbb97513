using System.Collections.Immutable;
using System.Globalization;
using Proximal.Tensors.Safetensors;

namespace Proximal.Models.Configuration;

/// <summary>
/// The architecture of a Llama-shaped model (RMS norm before attention and before a gated MLP, rotary positions, grouped queries), as
/// <c>config.json</c> of a Hugging Face folder has it. With <see cref="Experts"/> it is Mixtral's: the MLP is a mixture of them. Keys that are not known here are kept and written back as they were.
/// </summary>
public sealed record LlamaConfiguration
{
    /// <summary>Name of the file in a checkpoint folder.</summary>
    public const string FileName = "config.json";

    private readonly int? keyValueHeads;
    private readonly int? headDimension;

    /// <summary><c>vocab_size</c>: rows of the embedding.</summary>
    public required int VocabularySize { get; init; }

    /// <summary><c>hidden_size</c>: width of the residual stream.</summary>
    public required int HiddenSize { get; init; }

    /// <summary><c>intermediate_size</c>: width inside the MLP.</summary>
    public required int IntermediateSize { get; init; }

    /// <summary><c>num_hidden_layers</c></summary>
    public required int Layers { get; init; }

    /// <summary><c>num_attention_heads</c>: heads of the queries.</summary>
    public required int Heads { get; init; }

    /// <summary><c>num_key_value_heads</c>: heads of keys and values, a divisor of <see cref="Heads"/>, which is the default.</summary>
    public int KeyValueHeads
    {
        get => keyValueHeads ?? Heads;
        init => keyValueHeads = value;
    }

    /// <summary><c>head_dim</c>: width of a head, even; <see cref="HiddenSize"/> / <see cref="Heads"/> by default.</summary>
    public int HeadDimension
    {
        get => headDimension ?? (HiddenSize / Heads);
        init => headDimension = value;
    }

    /// <summary><c>max_position_embeddings</c>: the longest context, in tokens.</summary>
    public int MaximumPositions { get; init; } = 2048;

    /// <summary><c>rms_norm_eps</c></summary>
    public double NormEpsilon { get; init; } = 1e-6;

    /// <summary><c>rope_theta</c>: base of the rotary frequencies.</summary>
    public double RotaryBase { get; init; } = 10_000;

    /// <summary><c>tie_word_embeddings</c>: the output layer is the embedding.</summary>
    public bool TieEmbeddings { get; init; }

    /// <summary><c>attention_bias</c>: the projections of the attention have biases.</summary>
    public bool AttentionBias { get; init; }

    /// <summary><c>mlp_bias</c>: the projections of the MLP have biases.</summary>
    public bool MlpBias { get; init; }

    /// <summary><c>num_local_experts</c>: the experts of a layer; 0 for a dense model.</summary>
    public int Experts { get; init; }

    /// <summary><c>num_experts_per_tok</c>: the experts that a token goes through in a layer.</summary>
    public int ExpertsPerToken { get; init; } = 2;

    /// <summary>Numbers that name the experts of a token, layer by layer: layers times experts of a token; 0 for a dense model.</summary>
    public int RouteLength => Experts == 0 ? 0 : Layers * ExpertsPerToken;

    /// <summary><c>initializer_range</c>: standard deviation of initial weights.</summary>
    public double InitializerRange { get; init; } = 0.02;

    /// <summary><c>torch_dtype</c>, or <c>dtype</c> in newer files: type of the stored weights; null where the file does not say.</summary>
    public SafetensorsType? WeightType { get; init; }

    /// <summary><c>bos_token_id</c></summary>
    public int? BeginOfSequence { get; init; }

    /// <summary><c>eos_token_id</c>: the tokens that end a generation, one or several.</summary>
    public IReadOnlyList<int> EndOfSequence { get; init; } = [];

    /// <summary><c>pad_token_id</c></summary>
    public int? Padding { get; init; }

    /// <summary>All keys of the file that was read, with their JSON text; empty for a new configuration.</summary>
    internal ImmutableSortedDictionary<string, string> Original { get; init; } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>Reads <c>config.json</c>.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ModelFormatException">Not JSON, a value out of range, or an architecture that is not supported.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    public static LlamaConfiguration Read(string path) => LlamaConfigurationFile.Read(path);

    /// <summary>Writes <c>config.json</c>, whole or not at all. Keys are sorted, as in files of the reference implementation.</summary>
    /// <exception cref="ArgumentException">A value is out of range.</exception>
    /// <exception cref="IOException">The disk is full or the folder not writable.</exception>
    public void Write(string path)
    {
        Validate();
        LlamaConfigurationFile.Write(path, this);
    }

    /// <summary>Checks all values and their relations.</summary>
    /// <exception cref="ArgumentException">A value is out of range; the message names the key, the value and the range.</exception>
    public void Validate()
    {
        if (FindFault() is { } fault)
        {
            throw new ArgumentException(fault);
        }
    }

    internal string? FindFault() =>
        Range("vocab_size", VocabularySize, LlamaLimits.VocabularySize)
        ?? Range("hidden_size", HiddenSize, LlamaLimits.HiddenSize)
        ?? Range("intermediate_size", IntermediateSize, LlamaLimits.IntermediateSize)
        ?? Range("num_hidden_layers", Layers, LlamaLimits.Layers)
        ?? Range("num_attention_heads", Heads, LlamaLimits.Heads)
        ?? Range("num_key_value_heads", KeyValueHeads, Heads)
        ?? Range("max_position_embeddings", MaximumPositions, LlamaLimits.Positions)
        ?? Range("rms_norm_eps", NormEpsilon, 0, LlamaLimits.NormEpsilon)
        ?? Range("rope_theta", RotaryBase, 1, LlamaLimits.RotaryBase)
        ?? Range("initializer_range", InitializerRange, 0, LlamaLimits.InitializerRange)
        ?? Relations()
        ?? Token("bos_token_id", BeginOfSequence)
        ?? Token("pad_token_id", Padding)
        ?? EndOfSequence.Select(token => Token("eos_token_id", token)).FirstOrDefault(fault => fault is not null);

    private string? Relations()
    {
        if (Heads % KeyValueHeads != 0)
        {
            return $"num_key_value_heads {KeyValueHeads}, expected a divisor of num_attention_heads {Heads}.";
        }

        if (headDimension is null && HiddenSize % Heads != 0)
        {
            return $"num_attention_heads {Heads}, expected a divisor of hidden_size {HiddenSize} where head_dim is absent.";
        }

        if (HeadDimension % 2 != 0 || HeadDimension < 2 || HeadDimension > LlamaLimits.HeadDimension)
        {
            return $"head_dim {HeadDimension}, expected an even number from 2 to {LlamaLimits.HeadDimension}.";
        }

        if (Experts < 0 || Experts > LlamaLimits.Experts)
        {
            return $"num_local_experts {Experts}, expected an integer from 0 to {LlamaLimits.Experts}.";
        }

        if (Experts > 0 && (ExpertsPerToken < 1 || ExpertsPerToken > Experts))
        {
            return $"num_experts_per_tok {ExpertsPerToken}, expected an integer from 1 to num_local_experts {Experts}.";
        }

        if (Experts > 0 && (AttentionBias || MlpBias))
        {
            return $"{(AttentionBias ? "attention_bias" : "mlp_bias")} true, expected false in a mixture of experts.";
        }

        long largest = Math.Max(Math.Max((long)VocabularySize, IntermediateSize), (long)Heads * HeadDimension) * HiddenSize;
        return largest > int.MaxValue ? $"the largest matrix has {largest} elements, expected at most {int.MaxValue}." : null;
    }

    private string? Token(string key, int? token) => token is { } id && (id < 0 || id >= VocabularySize)
        ? $"{key} {id}, expected a token from 0 to {VocabularySize - 1}."
        : null;

    private static string? Range(string key, int value, int most) => value < 1 || value > most
        ? $"{key} {value}, expected an integer from 1 to {most}."
        : null;

    private static string? Range(string key, double value, double least, double most) => value >= least && value <= most
        ? null
        : string.Create(CultureInfo.InvariantCulture, $"{key} {value}, expected a number from {least} to {most}.");
}
