using Proximal.Models.Generation;
using Proximal.Rollouts;
using Proximal.Tensors;

namespace Proximal.Training;

/// <summary>The routes of a lane's microbatch, row by row as it is packed, and what the update's routers did.</summary>
internal sealed class LaneRoutes
{
    private short[] replayed = [];
    private short[] chosen = [];
    private long[] loads = [];

    /// <summary>Routes of tokens in layers in which the routers choose other experts than the sampler went through.</summary>
    public long Flips { get; private set; }

    /// <summary>Routes that were compared.</summary>
    public long Compared { get; private set; }

    /// <summary>How often the routers chose each expert. [layers, experts]</summary>
    public ReadOnlySpan<long> Loads => loads;

    /// <summary>Forgets what was counted.</summary>
    public void Reset()
    {
        (Flips, Compared) = (0, 0);
        Array.Clear(loads);
    }

    /// <summary>Hidden states of the microbatch under the policy, along the routes of the step.</summary>
    /// <param name="routes">The routes of the step.</param>
    /// <param name="lane">The lane, which has packed the trees.</param>
    /// <param name="trees">All trees.</param>
    /// <param name="from">First tree of the microbatch.</param>
    /// <param name="to">One past its last tree.</param>
    /// <param name="forOld">Whether the pass is that for old log-probabilities.</param>
    public Tensor Forward(ExpertRoutes routes, UpdateLane lane, IReadOnlyList<TokenTree> trees, int from, int to, bool forOld)
    {
        int count = lane.Packing.Tokens.Length * routes.Length;
        Span<short> follow = Columns.Rent(ref replayed, count), own = Columns.Rent(ref chosen, count);
        follow.Fill(-1);
        int at = 0;
        foreach (TokenSegment segment in Segments(trees, from, to))
        {
            routes.Replayed(segment, forOld).CopyTo(follow[at..]);
            at += segment.Tokens.Length * routes.Length;
        }

        Tensor hidden = lane.Model.Forward(lane.Tape, lane.Packing.Tokens, lane.Packing.Layout, follow, own);
        at = 0;
        foreach (TokenSegment segment in Segments(trees, from, to))
        {
            ReadOnlySpan<short> ofSegment = own.Slice(at, segment.Tokens.Length * routes.Length);
            at += ofSegment.Length;
            if (forOld && routes.RecordsOld)
            {
                ofSegment.CopyTo(routes.Old(segment));
            }

            if (lane.Tape.Recording)
            {
                Count(routes, ofSegment, routes.Sampled(segment));
            }
        }

        return hidden;
    }

    private static IEnumerable<TokenSegment> Segments(IReadOnlyList<TokenTree> trees, int from, int to)
    {
        for (int tree = from; tree < to; tree++)
        {
            foreach (TokenSegment segment in trees[tree].Segments)
            {
                yield return segment;
            }
        }
    }

    private void Count(ExpertRoutes routes, ReadOnlySpan<short> now, ReadOnlySpan<short> sampled)
    {
        if (loads.Length == 0)
        {
            loads = new long[routes.Layers * routes.Experts];
        }

        int slots = routes.Length / routes.Layers;
        for (int start = 0; start < now.Length; start += slots)
        {
            int layer = start / slots % routes.Layers;
            ReadOnlySpan<short> experts = now.Slice(start, slots);
            foreach (short expert in experts)
            {
                loads[(layer * routes.Experts) + expert]++;
            }

            // Both are in ascending order.
            if (start < sampled.Length && sampled[start] >= 0)
            {
                Compared++;
                Flips += experts.SequenceEqual(sampled.Slice(start, slots)) ? 0 : 1;
            }
        }
    }
}
