using Proximal.Models.Generation;
using Proximal.Models.Llama;
using Proximal.Objectives;
using Proximal.Rollouts;
using Proximal.Tensors;

namespace Proximal.Training;

/// <summary>Computes log-probabilities of rollouts under a model, and the gradient of an objective with respect to the policy.</summary>
/// <param name="lanes">The policy, and who goes through the trees.</param>
/// <param name="reference">The reference model; only needed where an objective uses the full divergence from it.</param>
internal sealed class PolicyUpdater(UpdateLanes lanes, LlamaModel? reference)
{
    private float[] currentGradient = [];
    private float[] entropyGradient = [];
    private float[] divergenceGradient = [];

    /// <summary>A column of a batch.</summary>
    public delegate Span<float> Column(PathBatch paths);

    /// <summary>The largest difference between the log-probability that the objective saw and the one that the backward pass computed, over the last update.</summary>
    public float LargestMismatch { get; private set; }

    /// <summary>Fills columns of the trees <paramref name="start"/> up to <paramref name="end"/> with what a model says, without gradients.</summary>
    /// <param name="batch">All rollouts of the step.</param>
    /// <param name="start">First tree.</param>
    /// <param name="end">One past the last tree.</param>
    /// <param name="scorer">The model.</param>
    /// <param name="logProbs">Column that receives log-probabilities.</param>
    /// <param name="entropies">Column that receives entropies; null for none.</param>
    public void Score(RolloutBatch batch, int start, int end, LlamaModel scorer, Column logProbs, Column? entropies) =>
        lanes.Score(batch.Trees, start, end, (lane, from, to) =>
        {
            TreePacking packing = lane.Packing;
            Tensor logProb = scorer.Score(lane.Forward(scorer), packing.ScoredRows, packing.ScoredTokens, out Tensor entropy);
            batch.Spread(packing, from, to, logProb.Data, logProbs(batch.Paths));
            if (entropies is not null)
            {
                batch.Spread(packing, from, to, entropy.Data, entropies(batch.Paths));
            }
        });

    /// <summary>Adds the gradient of the objective on the trees <paramref name="start"/> up to <paramref name="end"/> to the model's parameters.</summary>
    /// <param name="batch">All rollouts of the step.</param>
    /// <param name="start">First tree of the minibatch.</param>
    /// <param name="end">One past the last tree of the minibatch.</param>
    /// <param name="objective">The objective, whose metrics tell of the update.</param>
    /// <param name="currentIsKnown">Whether log-probabilities and entropies of the policy as it is now already stand in the batch.</param>
    public void Update(RolloutBatch batch, int start, int end, PolicyObjective objective, bool currentIsKnown)
    {
        PathBatch minibatch = batch.Paths.Groups(start, end);
        if (!currentIsKnown)
        {
            Score(batch, start, end, lanes.Model, static paths => paths.Current, static paths => paths.Entropy);
        }

        if (reference is not null)
        {
            ScoreDivergence(batch, start, end);
        }

        int tokens = minibatch.TokenCount;
        ObjectiveGradients gradients = new()
        {
            Current = Columns.Rent(ref currentGradient, tokens),
            Entropy = Columns.Rent(ref entropyGradient, tokens),
            FullDivergence = Columns.Rent(ref divergenceGradient, tokens),
        };
        objective.Evaluate(minibatch, gradients);

        int firstToken = batch.Paths.PathOffsets[batch.Paths.GroupOffsets[start]];
        bool hasEntropy = gradients.Entropy.ContainsAnyExcept(0f), hasDivergence = gradients.FullDivergence.ContainsAnyExcept(0f);
        LargestMismatch = 0;
        foreach (UpdateLane lane in lanes.Update(batch.Trees, start, end, SegmentOrigin.Policy, Backward))
        {
            LargestMismatch = Math.Max(LargestMismatch, (float)lane.Result);
        }

        void Backward(UpdateLane lane, int from, int to)
        {
            Tensor logProb = Forward(lane, hasDivergence, out Tensor entropy, out Tensor? divergence);
            lane.Result = Math.Max(lane.Result, batch.LargestDifference(lane.Packing, from, to, logProb.Data, batch.Paths.Current));
            Seed(logProb, currentGradient);
            if (hasEntropy)
            {
                Seed(entropy, entropyGradient);
            }

            if (divergence is not null)
            {
                Seed(divergence, divergenceGradient);
            }

            void Seed(Tensor output, float[] column)
            {
                Span<float> scored = lane.Seeds(output.Length);
                batch.Collect(lane.Packing, from, to, column.AsSpan(0, tokens), firstToken, scored);
                lane.Tape.Seed(output, scored);
            }
        }
    }

    private void ScoreDivergence(RolloutBatch batch, int start, int end) =>
        lanes.Score(batch.Trees, start, end, (lane, from, to) =>
        {
            Forward(lane, withDivergence: true, out _, out Tensor? divergence);
            batch.Spread(lane.Packing, from, to, divergence!.Data, batch.Paths.FullDivergence);
        });

    private Tensor Forward(UpdateLane lane, bool withDivergence, out Tensor entropy, out Tensor? divergence)
    {
        TreePacking packing = lane.Packing;
        Tensor hidden = lane.Forward(lane.Model);
        if (withDivergence)
        {
            return lane.Model.Score(hidden, reference!, lane.Forward(reference!), packing.ScoredRows, packing.ScoredTokens, out entropy, out divergence);
        }

        divergence = null;
        return lane.Model.Score(hidden, packing.ScoredRows, packing.ScoredTokens, out entropy);
    }
}
