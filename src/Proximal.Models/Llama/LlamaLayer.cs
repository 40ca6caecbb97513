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
        Attention = new LinearGroup((Query, QueryBias), (Key, KeyBias), (Value, ValueBias));
        if (configuration.Experts > 0)
        {
            Mixture = new LlamaMixture(configuration, index, prefix, parameter);
        }
        else
        {
            FeedForward = new LlamaFeedForward(configuration, prefix, parameter);
        }
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

    /// <summary>The feed-forward unit of a dense layer; null where the layer is a mixture.</summary>
    public LlamaFeedForward? FeedForward { get; }

    /// <summary>The experts of a sparse layer, or null.</summary>
    public LlamaMixture? Mixture { get; }

    /// <summary>Queries, keys and values.</summary>
    public LinearGroup Attention { get; }

    /// <summary>The matrices that products read in packed form.</summary>
    public IEnumerable<Parameter> Matrices => [Query, Key, Value, Output, .. FeedForward?.Matrices ?? Mixture!.Matrices];

    public IEnumerable<Parameter> Parameters()
    {
        Parameter?[] all = [InputNorm, Query, QueryBias, Key, KeyBias, Value, ValueBias, Output, OutputBias, PostAttentionNorm];
        return [.. all.OfType<Parameter>(), .. FeedForward?.Parameters() ?? Mixture!.Parameters()];
    }

    /// <summary>Whether a matrix writes to the residual stream.</summary>
    public bool WritesResidual(Parameter matrix) =>
        matrix == Output || matrix == FeedForward?.Down || (Mixture is not null && Mixture.Experts.Experts.Any(expert => expert.Down == matrix));
}
