using Proximal.Models.Configuration;
using Proximal.Tensors;

namespace Proximal.Models.Llama;

/// <summary>The parameters of one decoder layer, under their Hugging Face names. Matrices are [out, in].</summary>
internal sealed class LlamaLayer
{
    public LlamaLayer(LlamaConfiguration configuration, int index, Func<string, Shape, Parameter> parameter)
    {
        string prefix = $"model.layers.{index}.";
        int width = configuration.HiddenSize;
        int queries = configuration.Heads * configuration.HeadDimension;
        int keys = configuration.KeyValueHeads * configuration.HeadDimension;
        int inner = configuration.IntermediateSize;

        Parameter Matrix(string name, int rows, int columns) => parameter(prefix + name + ".weight", new Shape(rows, columns));
        Parameter? Bias(bool present, string name, int size) => present ? parameter(prefix + name + ".bias", new Shape(size)) : null;

        InputNorm = parameter(prefix + "input_layernorm.weight", new Shape(width));
        Query = Matrix("self_attn.q_proj", queries, width);
        Key = Matrix("self_attn.k_proj", keys, width);
        Value = Matrix("self_attn.v_proj", keys, width);
        Output = Matrix("self_attn.o_proj", width, queries);
        QueryBias = Bias(configuration.AttentionBias, "self_attn.q_proj", queries);
        KeyBias = Bias(configuration.AttentionBias, "self_attn.k_proj", keys);
        ValueBias = Bias(configuration.AttentionBias, "self_attn.v_proj", keys);
        OutputBias = Bias(configuration.AttentionBias, "self_attn.o_proj", width);
        PostAttentionNorm = parameter(prefix + "post_attention_layernorm.weight", new Shape(width));
        Gate = Matrix("mlp.gate_proj", inner, width);
        Up = Matrix("mlp.up_proj", inner, width);
        Down = Matrix("mlp.down_proj", width, inner);
        GateBias = Bias(configuration.MlpBias, "mlp.gate_proj", inner);
        UpBias = Bias(configuration.MlpBias, "mlp.up_proj", inner);
        DownBias = Bias(configuration.MlpBias, "mlp.down_proj", width);
        Attention = new LinearGroup((Query, QueryBias), (Key, KeyBias), (Value, ValueBias));
        Gated = new LinearGroup((Gate, GateBias), (Up, UpBias));
    }

    public Parameter InputNorm { get; }

    public Parameter Query { get; }

    public Parameter? QueryBias { get; }

    public Parameter Key { get; }

    public Parameter? KeyBias { get; }

    public Parameter Value { get; }

    public Parameter? ValueBias { get; }

    public Parameter Output { get; }

    public Parameter? OutputBias { get; }

    public Parameter PostAttentionNorm { get; }

    public Parameter Gate { get; }

    public Parameter? GateBias { get; }

    public Parameter Up { get; }

    public Parameter? UpBias { get; }

    public Parameter Down { get; }

    public Parameter? DownBias { get; }

    /// <summary>Queries, keys and values.</summary>
    public LinearGroup Attention { get; }

    /// <summary>The two factors of the gated unit.</summary>
    public LinearGroup Gated { get; }

    /// <summary>The matrices that products read in packed form.</summary>
    public IEnumerable<Parameter> Matrices => [Query, Key, Value, Output, Gate, Up, Down];

    public IEnumerable<Parameter> Parameters()
    {
        Parameter?[] all =
        [
            InputNorm, Query, QueryBias, Key, KeyBias, Value, ValueBias, Output, OutputBias,
            PostAttentionNorm, Gate, GateBias, Up, UpBias, Down, DownBias,
        ];
        return all.OfType<Parameter>();
    }
}
