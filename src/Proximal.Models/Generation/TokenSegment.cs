using System.Runtime.InteropServices;

namespace Proximal.Models.Generation;

/// <summary>A run of tokens with one origin inside a <see cref="TokenTree"/>.</summary>
public sealed class TokenSegment
{
    private readonly List<int> tokens = [];
    private readonly List<float> logProbs = [];
    private readonly List<float> entropies = [];

    internal TokenSegment(int index, int parent, int depth, SegmentOrigin origin)
    {
        Index = index;
        Parent = parent;
        Depth = depth;
        Origin = origin;
    }

    /// <summary>Place in <see cref="TokenTree.Segments"/>.</summary>
    public int Index { get; }

    /// <summary>Index of the parent segment, or -1 for the root.</summary>
    public int Parent { get; }

    /// <summary>Tokens on the path before this segment: the position of its first token.</summary>
    public int Depth { get; }

    /// <summary>Where the tokens come from.</summary>
    public SegmentOrigin Origin { get; }

    /// <summary>Why generation stopped here.</summary>
    public EndReason End { get; set; }

    /// <summary>Number of children.</summary>
    public int Children { get; internal set; }

    /// <summary>Token ids.</summary>
    public ReadOnlySpan<int> Tokens => CollectionsMarshal.AsSpan(tokens);

    /// <summary>Log-probability of each token under the distribution that really produced it; 0 for tokens that were given.</summary>
    public ReadOnlySpan<float> LogProbs => CollectionsMarshal.AsSpan(logProbs);

    /// <summary>Entropy in nats of the model's distribution (temperature 1) at each token; 0 for tokens that were given.</summary>
    public ReadOnlySpan<float> Entropies => CollectionsMarshal.AsSpan(entropies);

    /// <summary>Appends a token.</summary>
    public void Append(int token, float logProb, float entropy)
    {
        tokens.Add(token);
        logProbs.Add(logProb);
        entropies.Add(entropy);
    }
}
