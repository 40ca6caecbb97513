using Proximal.Models.Generation;
using Proximal.Models.Llama;
using Proximal.Rollouts;
using Proximal.Tensors;

namespace Proximal.Training;

/// <summary>The gradient of the mean negative log-likelihood of demonstrations, over all their tokens alike.</summary>
internal sealed class SupervisedUpdater(LlamaModel model, Tape tape, int microbatchTokens)
{
    private readonly TreePacking packing = new();
    private float[] seeds = [];

    /// <summary>Adds the gradient of <c>-mean log π(token)</c> to the parameters and returns that loss.</summary>
    public double Update(IReadOnlyList<TokenTree> trees)
    {
        int scored = trees.Sum(tree => tree.Segments.Where(s => s.Origin == SegmentOrigin.Teacher).Sum(s => s.Tokens.Length));
        double loss = 0;
        int next = 0;
        while (next < trees.Count)
        {
            packing.Clear();
            do
            {
                packing.Add(trees[next++], SegmentOrigin.Teacher);
            }
            while (next < trees.Count && packing.Tokens.Length + trees[next].TokenCount <= microbatchTokens);

            Tensor hidden = model.Forward(tape, packing.Tokens, packing.Layout);
            Tensor logProb = model.Score(hidden, packing.ScoredRows, packing.ScoredTokens, out _);
            foreach (float value in logProb.Data)
            {
                loss -= value;
            }

            Span<float> gradient = Columns.Rent(ref seeds, logProb.Length);
            gradient.Fill(-1f / scored);
            tape.Seed(logProb, gradient);
            tape.Backward();
            tape.Reset();
        }

        return loss / scored;
    }
}
