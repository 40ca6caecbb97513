using Proximal.Models.Generation;

namespace Proximal.Training;

/// <summary>
/// The routes of a step's tokens through the experts of the policy: what the sampler recorded, what the old policy chose, and which of them a pass follows.
/// </summary>
/// <param name="replay">What is replayed.</param>
/// <param name="layers">Layers of the model.</param>
/// <param name="experts">Experts of a layer.</param>
/// <param name="length">Numbers of a token's route.</param>
internal sealed class ExpertRoutes(RoutingReplay replay, int layers, int experts, int length)
{
    private readonly Dictionary<TokenSegment, short[]> old = [];

    /// <summary>Layers of the model.</summary>
    public int Layers => layers;

    /// <summary>Experts of a layer.</summary>
    public int Experts => experts;

    /// <summary>Numbers of a token's route.</summary>
    public int Length => length;

    /// <summary>Whether the pass for old log-probabilities records the choice of the old policy.</summary>
    public bool RecordsOld => replay == RoutingReplay.Old;

    /// <summary>Forgets the old policy of the last step, and makes room for that of this step where it is to be recorded.</summary>
    /// <param name="trees">The rollouts of the step; none where sampler and old policy are one.</param>
    public void Begin(IReadOnlyList<TokenTree> trees)
    {
        old.Clear();
        if (RecordsOld)
        {
            foreach (TokenSegment segment in trees.SelectMany(tree => tree.Segments))
            {
                old.Add(segment, new short[segment.Tokens.Length * length]);
            }
        }
    }

    /// <summary>Where the choice of the old policy for a segment is recorded.</summary>
    public Span<short> Old(TokenSegment segment) => old[segment];

    /// <summary>The routes that a pass follows; empty where the routers choose.</summary>
    /// <param name="segment">A segment of the step's rollouts.</param>
    /// <param name="forOld">Whether the pass is that for old log-probabilities.</param>
    public ReadOnlySpan<short> Replayed(TokenSegment segment, bool forOld) => replay switch
    {
        RoutingReplay.Rollout => Sampled(segment),
        RoutingReplay.Old when !forOld => old.TryGetValue(segment, out short[]? routes) ? routes : Sampled(segment),
        _ => [],
    };

    /// <summary>The routes that the sampler recorded; empty where another model wrote the segment.</summary>
    public ReadOnlySpan<short> Sampled(TokenSegment segment) => segment.RouteLength == length ? segment.Routes : [];
}
