using Proximal.Models.Generation;
using Proximal.Rollouts;
using Proximal.Tensors;

namespace Proximal.Training;

/// <summary>The gradient of the mean negative log-likelihood of demonstrations, over all their tokens alike.</summary>
internal sealed class SupervisedUpdater(UpdateLanes lanes)
{
    /// <summary>Adds the gradient of <c>-mean log π(token)</c> to the parameters and returns that loss.</summary>
    public double Update(IReadOnlyList<TokenTree> trees)
    {
        int scored = trees.Sum(tree => tree.Segments.Where(s => s.Origin == SegmentOrigin.Teacher).Sum(s => s.Tokens.Length));
        double loss = 0;
        foreach (UpdateLane lane in lanes.Update(trees, 0, trees.Count, SegmentOrigin.Teacher, Backward))
        {
            loss += lane.Result;
        }

        return loss / scored;

        void Backward(UpdateLane lane, int from, int to)
        {
            TreePacking packing = lane.Packing;
            Tensor logProb = lane.Model.Score(lane.Forward(lane.Model), packing.ScoredRows, packing.ScoredTokens, out _);
            foreach (float value in logProb.Data)
            {
                lane.Result -= value;
            }

            Span<float> gradient = lane.Seeds(logProb.Length);
            gradient.Fill(-1f / scored);
            lane.Tape.Seed(logProb, gradient);
        }
    }
}
