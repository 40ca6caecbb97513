using Proximal.Models.Configuration;

namespace Proximal.Recipes.Explanations;

/// <summary>The sizes of a Llama-shaped transformer.</summary>
/// <param name="Layers">Transformer blocks, L.</param>
/// <param name="Width">Width of the residual stream, d.</param>
/// <param name="Heads">Attention heads, h.</param>
/// <param name="KeyValueHeads">Heads of keys and values, k.</param>
/// <param name="HeadWidth">Width of a head, e.</param>
/// <param name="FeedForward">Width of the feed-forward block, f.</param>
/// <param name="Vocabulary">Tokens, V.</param>
/// <param name="TieEmbeddings">Whether the output layer is the embedding.</param>
internal sealed record ModelShape(int Layers, int Width, int Heads, int KeyValueHeads, int HeadWidth, int FeedForward, int Vocabulary, bool TieEmbeddings)
{
    /// <summary>Feed-forward blocks of a layer, n; 1 for a dense model.</summary>
    public int Experts { get; init; } = 1;

    /// <summary>Feed-forward blocks that a token goes through in a layer, u.</summary>
    public int ExpertsPerToken { get; init; } = 1;

    /// <summary>The shape of a new model over a vocabulary.</summary>
    public static ModelShape Of(ModelSettings model, int vocabulary)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new ModelShape(
            model.Layers, model.Width, model.Heads, model.KeyValueHeadCount, model.Width / model.Heads, model.FeedForwardWidth, vocabulary, model.TieEmbeddings)
        {
            Experts = Math.Max(1, model.Experts),
            ExpertsPerToken = model.Experts == 0 ? 1 : model.ExpertsPerToken,
        };
    }

    /// <summary>The shape of a checkpoint.</summary>
    public static ModelShape Of(LlamaConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return new ModelShape(
            configuration.Layers,
            configuration.HiddenSize,
            configuration.Heads,
            configuration.KeyValueHeads,
            configuration.HeadDimension,
            configuration.IntermediateSize,
            configuration.VocabularySize,
            configuration.TieEmbeddings)
        {
            Experts = Math.Max(1, configuration.Experts),
            ExpertsPerToken = configuration.Experts == 0 ? 1 : configuration.ExpertsPerToken,
        };
    }

    /// <summary>Weights: V d (twice when not tied) + L (2 d h e + 2 d k e + 3 n d f + 2 d) + d, and L n d of routers where n > 1.</summary>
    public double Weights =>
        ((double)Vocabulary * Width * (TieEmbeddings ? 1 : 2))
        + (Layers * ((2.0 * Width * Heads * HeadWidth) + (2.0 * Width * KeyValueHeads * HeadWidth) + (3.0 * Experts * Width * FeedForward) + (Experts == 1 ? 0 : (double)Experts * Width) + (2.0 * Width)))
        + Width;

    /// <summary>Numbers that one token leaves for the backward pass: L (4 d + 2 h e + 2 k e + 3 u f) + 2 d, and L (2 u d + n + 2 u) more where n > 1.</summary>
    public double ActivationsPerToken =>
        (Layers * ((4.0 * Width) + (2.0 * Heads * HeadWidth) + (2.0 * KeyValueHeads * HeadWidth) + (3.0 * ExpertsPerToken * FeedForward))) + (2.0 * Width) + RoutingPerToken;

    private double RoutingPerToken => Experts == 1 ? 0 : Layers * ((2.0 * ExpertsPerToken * Width) + Experts + (2.0 * ExpertsPerToken));

    /// <summary>Numbers that one token takes in the key/value cache: 2 L k e.</summary>
    public double CachePerToken => 2.0 * Layers * KeyValueHeads * HeadWidth;
}
