using Proximal.Models.Generation;
using Proximal.Rollouts;
using Proximal.Tensors;

namespace Proximal.Training;

/// <summary>Records what the policy says of probes, without gradients and with the bits that the update computes.</summary>
/// <param name="lanes">The policy, and who goes through the trees.</param>
internal sealed class ProbeScorer(UpdateLanes lanes)
{
    /// <summary>Fills log-probabilities and entropies of the segments of probes.</summary>
    public void Score(IReadOnlyList<TokenTree> trees) =>
        lanes.Score(trees, 0, trees.Count, (lane, from, to) =>
        {
            TreePacking packing = lane.Packing;
            Tensor logProb = lane.Model.Score(lane.Forward(lane.Model), packing.ScoredRows, packing.ScoredTokens, out Tensor entropy);
            for (int tree = from; tree < to; tree++)
            {
                foreach (TokenSegment segment in trees[tree].Segments.Where(segment => segment.Origin == SegmentOrigin.Probe))
                {
                    int first = packing.FirstScored(tree - from, segment.Index), length = segment.Tokens.Length;
                    segment.Record(logProb.Data.Slice(first, length), entropy.Data.Slice(first, length));
                }
            }
        });
}
