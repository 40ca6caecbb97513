using System.Runtime.InteropServices;
using Proximal.Models.Generation;
using Proximal.Models.Llama;
using Proximal.Rollouts;
using Proximal.Tensors;
using Proximal.Weighting;

namespace Proximal.Training;

/// <summary>The gradient of the mean negative log-likelihood of demonstrations, over all their tokens alike or weighted.</summary>
/// <param name="lanes">The model, and who goes through the trees.</param>
internal sealed class SupervisedUpdater(UpdateLanes lanes)
{
    private readonly Totals[] totals = new Totals[LlamaLanes.Maximum];

    /// <summary>Mean weight of the tokens of the last update; 1 without weighting.</summary>
    public double MeanWeight { get; private set; }

    /// <summary>Mean of <c>-log π(token)</c> of the last update, whatever the weights.</summary>
    public double NegativeLogLikelihood { get; private set; }

    /// <summary>Adds the gradient of <c>-c mean w log π(token)</c> to the parameters and returns that loss.</summary>
    /// <param name="demonstrations">The demonstrations.</param>
    /// <param name="weighting">Gives w; 1 for all when null.</param>
    /// <param name="coefficient">c.</param>
    public double Update(DemonstrationBatch demonstrations, ITokenWeighting? weighting = null, double coefficient = 1)
    {
        IReadOnlyList<TokenTree> trees = demonstrations.Trees;
        int scored = trees.Sum(ResponseTokens);
        Array.Clear(totals);
        double loss = 0;
        foreach (UpdateLane lane in lanes.Update(trees, 0, trees.Count, SegmentOrigin.Teacher, Backward))
        {
            loss += lane.Result;
        }

        MeanWeight = weighting is null ? 1 : totals.Sum(lane => lane.Weight) / scored;
        NegativeLogLikelihood = (weighting is null ? loss : totals.Sum(lane => lane.NegativeLogLikelihood)) / scored;
        return coefficient * (loss / scored);

        void Backward(UpdateLane lane, int from, int to)
        {
            TreePacking packing = lane.Packing;
            Tensor logProb = lane.Model.Score(lane.Forward(lane.Model), packing.ScoredRows, packing.ScoredTokens, out _);
            Span<float> gradient = lane.Seeds(logProb.Length);
            if (weighting is null)
            {
                gradient.Fill(1);
            }
            else
            {
                Weigh(logProb.Data, from, to, gradient);
            }

            ref Totals total = ref totals[lane.Index];
            for (int i = 0; i < gradient.Length; i++)
            {
                lane.Result -= gradient[i] * logProb.Data[i];
                total.Weight += gradient[i];
                total.NegativeLogLikelihood -= logProb.Data[i];
                gradient[i] *= (float)(-coefficient) / scored;
            }

            lane.Tape.Seed(logProb, gradient);
        }

        void Weigh(ReadOnlySpan<float> current, int from, int to, Span<float> weights)
        {
            List<float> teacher = [];
            int at = 0;
            for (int i = from; i < to; i++)
            {
                teacher.Clear();
                foreach (TokenSegment segment in trees[i].Segments.Where(segment => segment.Origin == SegmentOrigin.Teacher))
                {
                    teacher.AddRange(segment.LogProbs);
                }

                ScoredDemonstration demonstration = new()
                {
                    Current = current.Slice(at, teacher.Count),
                    Teacher = CollectionsMarshal.AsSpan(teacher),
                    IsRight = demonstrations.Right[i],
                };
                weighting.Weigh(demonstration, weights.Slice(at, teacher.Count));
                at += teacher.Count;
            }
        }
    }

    private static int ResponseTokens(TokenTree tree) => tree.Segments.Where(s => s.Origin == SegmentOrigin.Teacher).Sum(s => s.Tokens.Length);

    private struct Totals
    {
        public double Weight;
        public double NegativeLogLikelihood;
    }
}
