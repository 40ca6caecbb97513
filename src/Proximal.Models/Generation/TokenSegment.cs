using System.Runtime.InteropServices;

namespace Proximal.Models.Generation;

/// <summary>A run of tokens with one origin inside a <see cref="TokenTree"/>.</summary>
public sealed class TokenSegment
{
    private readonly List<int> tokens = [];
    private readonly List<float> logProbs = [];
    private readonly List<float> entropies = [];
    private short[] routes = [];
    private int routed;
    private int routeLength;

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

    /// <summary>Log-probability of each token under the distribution that really produced it; 0 for tokens that were given, unless <see cref="Record"/> says more.</summary>
    public ReadOnlySpan<float> LogProbs => CollectionsMarshal.AsSpan(logProbs);

    /// <summary>Entropy in nats of the model's distribution (temperature 1) at each token; 0 for tokens that were given.</summary>
    public ReadOnlySpan<float> Entropies => CollectionsMarshal.AsSpan(entropies);

    /// <summary>
    /// The experts that tokens went through when they were first computed in generation, layer by layer: [tokens, route], where the route has the length of
    /// <see cref="RouteLength"/>. A token that was not computed (the last one of a rollout) has -1 there or is missing. Empty for a dense model.
    /// </summary>
    public ReadOnlySpan<short> Routes => routes.AsSpan(0, routed);

    /// <summary>Numbers of a token's route, <see cref="Configuration.LlamaConfiguration.RouteLength"/> of the model that generated; 0 without routes.</summary>
    public int RouteLength => routeLength;

    /// <summary>Appends a token.</summary>
    public void Append(int token, float logProb, float entropy)
    {
        tokens.Add(token);
        logProbs.Add(logProb);
        entropies.Add(entropy);
    }

    /// <summary>Records what a model says of tokens that were given.</summary>
    /// <param name="ofLogProbs">Log-probability of each token. [tokens]</param>
    /// <param name="ofEntropies">Entropy at each token, in nats. [tokens]</param>
    /// <exception cref="ArgumentException">Another number of values than of tokens.</exception>
    public void Record(ReadOnlySpan<float> ofLogProbs, ReadOnlySpan<float> ofEntropies)
    {
        if (ofLogProbs.Length != tokens.Count || ofEntropies.Length != tokens.Count)
        {
            throw new ArgumentException($"{ofLogProbs.Length} log-probabilities and {ofEntropies.Length} entropies for {tokens.Count} tokens.", nameof(ofLogProbs));
        }

        ofLogProbs.CopyTo(CollectionsMarshal.AsSpan(logProbs));
        ofEntropies.CopyTo(CollectionsMarshal.AsSpan(entropies));
    }

    /// <summary>Takes over the routes of a segment of the same tokens.</summary>
    internal void CopyRoutes(TokenSegment source) => (routes, routed) = (source.Routes.ToArray(), source.routed);

    /// <summary>
    /// Makes room for the routes of all tokens, so that threads may then record those of given tokens beside each other. Routes of a model with another
    /// length are forgotten.
    /// </summary>
    /// <param name="length">Numbers of a route.</param>
    internal void ReserveRoutes(int length)
    {
        if (routeLength != length)
        {
            (routes, routed, routeLength) = ([], 0, length);
        }

        int needed = tokens.Count * length;
        if (routes.Length < needed)
        {
            int before = routes.Length;
            Array.Resize(ref routes, Math.Max(needed, 2 * before));
            routes.AsSpan(before).Fill(-1);
        }

        routed = Math.Max(routed, needed);
    }

    /// <summary>
    /// Records the route of a token that has none yet; where there is one it stays. Several threads may compute one prompt: they write the same numbers.
    /// </summary>
    internal void RecordRoute(int token, ReadOnlySpan<short> route)
    {
        Span<short> place = routes.AsSpan(token * route.Length, route.Length);
        for (int i = 0; i < place.Length; i++)
        {
            place[i] = place[i] < 0 ? route[i] : place[i];
        }
    }
}
