namespace Proximal.Recipes;

/// <summary>Where the policy starts from: a checkpoint folder, or a new Llama-shaped transformer over the symbols of the task.</summary>
public sealed record ModelSettings
{
    /// <summary>A folder in Hugging Face layout, relative to the current folder or to the recipe; empty for a new model.</summary>
    public string Checkpoint { get; init; } = "";

    /// <summary>Transformer blocks.</summary>
    public int Layers { get; init; } = 2;

    /// <summary>Width of the residual stream.</summary>
    public int Width { get; init; } = 64;

    /// <summary>Attention heads.</summary>
    public int Heads { get; init; } = 4;

    /// <summary>Heads of keys and values; 0 for as many as <see cref="Heads"/>.</summary>
    public int KeyValueHeads { get; init; }

    /// <summary>Width of the feed-forward block; 0 for 8/3 of <see cref="Width"/>, rounded up to a multiple of 4.</summary>
    public int FeedForward { get; init; }

    /// <summary>Experts of a layer, each a feed-forward block of its own; 0 for a dense model.</summary>
    public int Experts { get; init; }

    /// <summary>Experts that a token goes through in a layer.</summary>
    public int ExpertsPerToken { get; init; } = 2;

    /// <summary>Longest sequence in tokens.</summary>
    public int Context { get; init; } = 256;

    /// <summary>Whether the output layer shares the weights of the embedding.</summary>
    public bool TieEmbeddings { get; init; } = true;

    /// <summary>Whether the model is read from <see cref="Checkpoint"/>.</summary>
    public bool IsCheckpoint => Checkpoint.Length > 0;

    /// <summary>Heads of keys and values after defaults.</summary>
    public int KeyValueHeadCount => KeyValueHeads == 0 ? Heads : KeyValueHeads;

    /// <summary>Width of the feed-forward block after defaults.</summary>
    public int FeedForwardWidth => FeedForward == 0 ? ((8 * Width) + 11) / 12 * 4 : FeedForward;

    /// <summary>Key, type and range of the values.</summary>
    public static OptionSchema<ModelSettings> Schema { get; } = new OptionSchema<ModelSettings>(() => new ModelSettings())
        .Text("checkpoint", m => m.Checkpoint, (m, v) => m with { Checkpoint = v }, "A folder in Hugging Face layout, relative to the current folder or to the recipe; instead of all other keys.")
        .Integer("layers", m => m.Layers, (m, v) => m with { Layers = v }, "Transformer blocks.", 1, 1024)
        .Integer("width", m => m.Width, (m, v) => m with { Width = v }, "Width of the residual stream.", 2, 65_536)
        .Integer("heads", m => m.Heads, (m, v) => m with { Heads = v }, "Attention heads.", 1, 1024)
        .Integer("key-value-heads", m => m.KeyValueHeads, (m, v) => m with { KeyValueHeads = v }, "Heads of keys and values; 0 for as many as heads.", 0, 1024)
        .Integer("feed-forward", m => m.FeedForward, (m, v) => m with { FeedForward = v }, "Width of the feed-forward block; 0 for 8/3 of the width.", 0, 1_048_576)
        .Integer("experts", m => m.Experts, (m, v) => m with { Experts = v }, "Experts of a layer, each a feed-forward block of its own; 0 for a dense model.", 0, 1024)
        .Integer("experts-per-token", m => m.ExpertsPerToken, (m, v) => m with { ExpertsPerToken = v }, "Experts that a token goes through in a layer; with 1 the routers have no gradient.", 1, 1024)
        .Integer("context", m => m.Context, (m, v) => m with { Context = v }, "Longest sequence in tokens.", 2, 1_048_576)
        .Flag("tie-embeddings", m => m.TieEmbeddings, (m, v) => m with { TieEmbeddings = v }, "Whether the output layer shares the weights of the embedding.")
        .Rule(m => m.Width % (2 * m.Heads) == 0 ? null : $"'width' is {m.Width}, expected a multiple of twice 'heads' ({m.Heads})")
        .Rule(m => m.Heads % m.KeyValueHeadCount == 0 ? null : $"'key-value-heads' is {m.KeyValueHeads}, expected a divisor of 'heads' ({m.Heads})")
        .Rule(m => m.Experts == 0 || m.ExpertsPerToken <= m.Experts ? null : $"'experts-per-token' is {m.ExpertsPerToken}, expected at most 'experts' ({m.Experts})");
}
