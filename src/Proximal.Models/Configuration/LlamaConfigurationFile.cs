using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Proximal.Models.Files;
using Proximal.Tensors.Files;
using Proximal.Tensors.Safetensors;

namespace Proximal.Models.Configuration;

/// <summary>Reads and writes <see cref="LlamaConfiguration"/>.</summary>
internal static class LlamaConfigurationFile
{
    private const int LargestFile = 16 << 20;
    private const string ModelType = "llama";
    private const string MixtureType = "mixtral";

    private static readonly (string Name, SafetensorsType Type)[] WeightTypes =
    [
        ("float32", SafetensorsType.Float32),
        ("bfloat16", SafetensorsType.BFloat16),
        ("float16", SafetensorsType.Float16),
        ("float64", SafetensorsType.Float64),
    ];

    public static LlamaConfiguration Read(string path)
    {
        using JsonDocument document = JsonFile.Parse(path, JsonFile.ReadBytes(path, LargestFile));
        JsonFields fields = new(path, document.RootElement);
        bool isMixture = CheckArchitecture(fields);
        int vocabulary = fields.Integer("vocab_size", 1, LlamaLimits.VocabularySize);
        int heads = fields.Integer("num_attention_heads", 1, LlamaLimits.Heads);
        LlamaConfiguration configuration = new()
        {
            VocabularySize = vocabulary,
            HiddenSize = fields.Integer("hidden_size", 1, LlamaLimits.HiddenSize),
            IntermediateSize = fields.Integer("intermediate_size", 1, LlamaLimits.IntermediateSize),
            Layers = fields.Integer("num_hidden_layers", 1, LlamaLimits.Layers),
            Heads = heads,
            MaximumPositions = fields.IntegerOrNull("max_position_embeddings", 1, LlamaLimits.Positions) ?? 2048,
            NormEpsilon = fields.NumberOrNull("rms_norm_eps", 0, LlamaLimits.NormEpsilon) ?? (isMixture ? 1e-5 : 1e-6),
            RotaryBase = RotaryBase(fields) ?? (isMixture ? 1e6 : 10_000),
            TieEmbeddings = fields.Flag("tie_word_embeddings", false),
            AttentionBias = fields.Flag("attention_bias", false),
            MlpBias = fields.Flag("mlp_bias", false),
            Experts = isMixture ? fields.IntegerOrNull("num_local_experts", 1, LlamaLimits.Experts) ?? 8 : 0,
            ExpertsPerToken = (isMixture ? fields.IntegerOrNull("num_experts_per_tok", 1, LlamaLimits.Experts) : null) ?? 2,
            InitializerRange = fields.NumberOrNull("initializer_range", 0, LlamaLimits.InitializerRange) ?? 0.02,
            WeightType = WeightType(fields, "dtype") ?? WeightType(fields, "torch_dtype"),
            BeginOfSequence = Token(fields, "bos_token_id", vocabulary),
            EndOfSequence = [.. fields.Integers("eos_token_id", 0, vocabulary - 1, LlamaLimits.EndTokens)],
            Padding = Token(fields, "pad_token_id", vocabulary),
            Original = Keys(document.RootElement),
        };
        if (fields.IntegerOrNull("num_key_value_heads", 1, heads) is { } keyValueHeads)
        {
            configuration = configuration with { KeyValueHeads = keyValueHeads };
        }

        if (fields.IntegerOrNull("head_dim", 1, LlamaLimits.HeadDimension) is { } headDimension)
        {
            configuration = configuration with { HeadDimension = headDimension };
        }

        return configuration.FindFault() is { } fault ? throw new ModelFormatException(path, fault) : configuration;
    }

    public static void Write(string path, LlamaConfiguration configuration)
    {
        SortedDictionary<string, string> keys = new(configuration.Original, StringComparer.Ordinal);
        foreach ((string key, string json) in Known(configuration))
        {
            // A value that did not change keeps its text: 1e-06 and 10000.0 stay as the other software wrote them.
            if (!keys.TryGetValue(key, out string? original) || !SameValue(original, json))
            {
                keys[key] = json;
            }
        }

        AtomicFile.WriteBytes(path, Indented(keys));
    }

    private static IEnumerable<(string Key, string Json)> Known(LlamaConfiguration c)
    {
        bool Present(string key) => c.Original.ContainsKey(key);

        bool isMixture = c.Experts > 0;
        yield return ("model_type", Quoted(isMixture ? MixtureType : ModelType));
        if (!Present("architectures"))
        {
            yield return ("architectures", isMixture ? "[\"MixtralForCausalLM\"]" : "[\"LlamaForCausalLM\"]");
        }

        yield return ("hidden_act", Quoted("silu"));
        yield return ("vocab_size", Number(c.VocabularySize));
        yield return ("hidden_size", Number(c.HiddenSize));
        yield return ("intermediate_size", Number(c.IntermediateSize));
        yield return ("num_hidden_layers", Number(c.Layers));
        yield return ("num_attention_heads", Number(c.Heads));
        yield return ("num_key_value_heads", Number(c.KeyValueHeads));
        if (c.HeadDimension * c.Heads != c.HiddenSize || Present("head_dim"))
        {
            yield return ("head_dim", Number(c.HeadDimension));
        }

        yield return ("max_position_embeddings", Number(c.MaximumPositions));
        yield return ("rms_norm_eps", Number(c.NormEpsilon));
        yield return Present("rope_parameters")
            ? ("rope_parameters", $"{{\"rope_theta\":{Number(c.RotaryBase)},\"rope_type\":\"default\"}}")
            : ("rope_theta", Number(c.RotaryBase));

        yield return ("tie_word_embeddings", c.TieEmbeddings ? "true" : "false");
        if (isMixture)
        {
            yield return ("num_local_experts", Number(c.Experts));
            yield return ("num_experts_per_tok", Number(c.ExpertsPerToken));
        }
        else
        {
            yield return ("attention_bias", c.AttentionBias ? "true" : "false");
            yield return ("mlp_bias", c.MlpBias ? "true" : "false");
        }

        yield return ("initializer_range", Number(c.InitializerRange));
        if (c.WeightType is { } type)
        {
            yield return (Present("dtype") ? "dtype" : "torch_dtype", Quoted(WeightTypes.First(entry => entry.Type == type).Name));
        }

        yield return ("bos_token_id", Token(c.BeginOfSequence));
        yield return ("pad_token_id", Token(c.Padding));
        yield return ("eos_token_id", c.EndOfSequence.Count switch
        {
            0 => "null",
            1 => Number(c.EndOfSequence[0]),
            _ => "[" + string.Join(",", c.EndOfSequence.Select(id => Number(id))) + "]",
        });
    }

    /// <summary>Whether the model is a mixture of experts.</summary>
    private static bool CheckArchitecture(JsonFields fields)
    {
        string type = fields.Text("model_type");
        if (type is not (ModelType or MixtureType))
        {
            throw fields.Fault("model_type", type, $"\"{ModelType}\" or \"{MixtureType}\"");
        }

        if (type == MixtureType && fields.IntegerOrNull("sliding_window", 1, LlamaLimits.Positions) is { } window
            && window < (fields.IntegerOrNull("max_position_embeddings", 1, LlamaLimits.Positions) ?? 2048))
        {
            throw fields.Fault("sliding_window", Number(window), "null: attention within a window is not supported");
        }

        string activation = fields.TextOrNull("hidden_act") ?? "silu";
        if (activation != "silu")
        {
            throw fields.Fault("hidden_act", activation, "\"silu\"");
        }

        if (fields.ObjectOrNull("rope_scaling") is { } scaling)
        {
            CheckRotaryType(scaling);
        }

        return type == MixtureType;
    }

    private static void CheckRotaryType(JsonFields rotary)
    {
        string key = rotary.Has("rope_type") ? "rope_type" : "type";
        string type = rotary.Text(key);
        if (type != "default")
        {
            throw rotary.Fault(key, type, "\"default\": scaled rotary positions are not supported");
        }
    }

    private static double? RotaryBase(JsonFields fields)
    {
        if (fields.ObjectOrNull("rope_parameters") is { } rotary)
        {
            CheckRotaryType(rotary);
            return rotary.NumberOrNull("rope_theta", 1, LlamaLimits.RotaryBase) ?? throw rotary.Missing("rope_theta");
        }

        return fields.NumberOrNull("rope_theta", 1, LlamaLimits.RotaryBase);
    }

    private static SafetensorsType? WeightType(JsonFields fields, string key)
    {
        if (fields.TextOrNull(key) is not { } name)
        {
            return null;
        }

        foreach ((string candidate, SafetensorsType type) in WeightTypes)
        {
            if (candidate == name)
            {
                return type;
            }
        }

        throw fields.Fault(key, name, "one of " + string.Join(", ", WeightTypes.Select(entry => entry.Name)));
    }

    // Older files write -1 for a token that does not exist.
    private static int? Token(JsonFields fields, string key, int vocabulary) =>
        fields.IntegerOrNull(key, -1, vocabulary - 1) is { } id and >= 0 ? id : null;

    private static ImmutableSortedDictionary<string, string> Keys(JsonElement root) =>
        root.EnumerateObject().ToImmutableSortedDictionary(entry => entry.Name, entry => entry.Value.GetRawText(), StringComparer.Ordinal);

    private static bool SameValue(string original, string json)
    {
        using JsonDocument a = JsonDocument.Parse(original);
        using JsonDocument b = JsonDocument.Parse(json);
        JsonElement left = a.RootElement, right = b.RootElement;
        return left.ValueKind == JsonValueKind.Number && right.ValueKind == JsonValueKind.Number
            ? left.GetDouble() == right.GetDouble()
            : JsonElement.DeepEquals(left, right);
    }

    private static byte[] Indented(SortedDictionary<string, string> keys)
    {
        ArrayBufferWriter<byte> buffer = new();
        JsonWriterOptions options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using (Utf8JsonWriter json = new(buffer, options))
        {
            json.WriteStartObject();
            foreach ((string key, string value) in keys)
            {
                json.WritePropertyName(key);
                json.WriteRawValue(value);
            }

            json.WriteEndObject();
        }

        buffer.Write("\n"u8);
        return buffer.WrittenSpan.ToArray();
    }

    private static string Quoted(string text) => "\"" + JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping) + "\"";

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Token(int? id) => id is { } token ? Number(token) : "null";
}
