using Proximal.Tensors;

namespace Proximal.Models.Configuration;

/// <summary>The tensors of a Llama-shaped model: names as in Hugging Face checkpoints, and shapes <c>[outputs, inputs]</c>.</summary>
internal static class LlamaTensors
{
    /// <summary>The embedding, <c>[vocabulary, hidden]</c>.</summary>
    public const string Embedding = "model.embed_tokens.weight";

    /// <summary>The norm before the output layer, <c>[hidden]</c>.</summary>
    public const string FinalNorm = "model.norm.weight";

    /// <summary>The output layer, <c>[vocabulary, hidden]</c>; absent where it is tied to the embedding.</summary>
    public const string Output = "lm_head.weight";

    /// <summary>The name of a tensor of a layer.</summary>
    /// <param name="layer">The layer, from 0.</param>
    /// <param name="part">The rest of the name, as <c>self_attn.q_proj.weight</c>.</param>
    public static string Layer(int layer, string part) => $"model.layers.{layer}.{part}";

    /// <summary>Names and shapes of all tensors, from the embedding to the output layer.</summary>
    public static IReadOnlyList<(string Name, Shape Shape)> Of(LlamaConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        List<(string Name, Shape Shape)> tensors = [(Embedding, new Shape(configuration.VocabularySize, configuration.HiddenSize))];
        for (int layer = 0; layer < configuration.Layers; layer++)
        {
            AddLayer(tensors, configuration, layer);
        }

        tensors.Add((FinalNorm, new Shape(configuration.HiddenSize)));
        if (!configuration.TieEmbeddings)
        {
            tensors.Add((Output, new Shape(configuration.VocabularySize, configuration.HiddenSize)));
        }

        return tensors;
    }

    private static void AddLayer(List<(string Name, Shape Shape)> tensors, LlamaConfiguration c, int layer)
    {
        void Linear(string part, int outputs, int inputs, bool bias)
        {
            tensors.Add((Layer(layer, part + ".weight"), new Shape(outputs, inputs)));
            if (bias)
            {
                tensors.Add((Layer(layer, part + ".bias"), new Shape(outputs)));
            }
        }

        int queries = c.Heads * c.HeadDimension, keys = c.KeyValueHeads * c.HeadDimension;
        tensors.Add((Layer(layer, "input_layernorm.weight"), new Shape(c.HiddenSize)));
        Linear("self_attn.q_proj", queries, c.HiddenSize, c.AttentionBias);
        Linear("self_attn.k_proj", keys, c.HiddenSize, c.AttentionBias);
        Linear("self_attn.v_proj", keys, c.HiddenSize, c.AttentionBias);
        Linear("self_attn.o_proj", c.HiddenSize, queries, c.AttentionBias);
        tensors.Add((Layer(layer, "post_attention_layernorm.weight"), new Shape(c.HiddenSize)));
        if (c.Experts > 0)
        {
            Linear("block_sparse_moe.gate", c.Experts, c.HiddenSize, bias: false);
            for (int expert = 0; expert < c.Experts; expert++)
            {
                Linear($"block_sparse_moe.experts.{expert}.w1", c.IntermediateSize, c.HiddenSize, bias: false);
                Linear($"block_sparse_moe.experts.{expert}.w2", c.HiddenSize, c.IntermediateSize, bias: false);
                Linear($"block_sparse_moe.experts.{expert}.w3", c.IntermediateSize, c.HiddenSize, bias: false);
            }

            return;
        }

        Linear("mlp.gate_proj", c.IntermediateSize, c.HiddenSize, c.MlpBias);
        Linear("mlp.up_proj", c.IntermediateSize, c.HiddenSize, c.MlpBias);
        Linear("mlp.down_proj", c.HiddenSize, c.IntermediateSize, c.MlpBias);
    }
}
