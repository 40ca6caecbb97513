using Proximal.Models.Generation;
using Proximal.Models.Llama;
using Proximal.Objectives;
using Proximal.Rollouts;
using Proximal.Tensors;

namespace Proximal.Training;

/// <summary>
/// Computes log-probabilities of rollouts under a model, and the gradient of an objective with respect to the model. Trees are packed into
/// microbatches that bound the memory; because sums continue where the last microbatch stopped, their size changes no bit of the gradient.
/// </summary>
/// <param name="model">The policy.</param>
/// <param name="reference">The reference model; only needed where an objective uses the full divergence from it.</param>
/// <param name="tape">Where the computation is recorded.</param>
/// <param name="microbatchTokens">Tokens of a microbatch.</param>
internal sealed class PolicyUpdater(LlamaModel model, LlamaModel? reference, Tape tape, int microbatchTokens)
{
    private readonly TreePacking packing = new();
    private float[] currentGradient = [];
    private float[] entropyGradient = [];
    private float[] divergenceGradient = [];
    private float[] seeds = [];

    /// <summary>The largest difference between the log-probability that the objective saw and the one that the backward pass computed, over the last update.</summary>
    public float LargestMismatch { get; private set; }

    /// <summary>Fills columns of the trees <paramref name="start"/> up to <paramref name="end"/> with what a model says, without gradients.</summary>
    /// <param name="batch">All rollouts of the step.</param>
    /// <param name="start">First tree.</param>
    /// <param name="end">One past the last tree.</param>
    /// <param name="scorer">The model.</param>
    /// <param name="logProbs">Column that receives log-probabilities.</param>
    /// <param name="entropies">Column that receives entropies; empty for none.</param>
    public void Score(RolloutBatch batch, int start, int end, LlamaModel scorer, Span<float> logProbs, Span<float> entropies)
    {
        tape.Recording = false;
        foreach ((int from, int to) in Microbatches.Of(batch, start, end, microbatchTokens))
        {
            Pack(batch, from, to);
            Tensor hidden = scorer.Forward(tape, packing.Tokens, packing.Layout);
            Tensor logProb = scorer.Score(hidden, packing.ScoredRows, packing.ScoredTokens, out Tensor entropy);
            batch.Spread(packing, from, to, logProb.Data, logProbs);
            if (!entropies.IsEmpty)
            {
                batch.Spread(packing, from, to, entropy.Data, entropies);
            }

            tape.Reset();
        }

        tape.Recording = true;
    }

    /// <summary>Adds the gradient of the objective on the trees <paramref name="start"/> up to <paramref name="end"/> to the model's parameters.</summary>
    /// <param name="batch">All rollouts of the step.</param>
    /// <param name="start">First tree of the minibatch.</param>
    /// <param name="end">One past the last tree of the minibatch.</param>
    /// <param name="objective">The objective, whose metrics tell of the update.</param>
    /// <param name="currentIsKnown">Whether log-probabilities and entropies of the policy as it is now already stand in the batch.</param>
    public void Update(RolloutBatch batch, int start, int end, PolicyObjective objective, bool currentIsKnown)
    {
        PathBatch minibatch = batch.Paths.Groups(start, end);
        LargestMismatch = 0;
        if (!currentIsKnown)
        {
            Score(batch, start, end, model, batch.Paths.Current, batch.Paths.Entropy);
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
        foreach ((int from, int to) in Microbatches.Of(batch, start, end, microbatchTokens))
        {
            Pack(batch, from, to);
            Tensor logProb = Forward(hasDivergence, out Tensor entropy, out Tensor? divergence);
            LargestMismatch = Math.Max(LargestMismatch, batch.LargestDifference(packing, from, to, logProb.Data, batch.Paths.Current));
            Seed(batch, from, to, logProb, gradients.Current, firstToken);
            if (hasEntropy)
            {
                Seed(batch, from, to, entropy, gradients.Entropy, firstToken);
            }

            if (divergence is not null)
            {
                Seed(batch, from, to, divergence, gradients.FullDivergence, firstToken);
            }

            tape.Backward();
            tape.Reset();
        }
    }

    private void ScoreDivergence(RolloutBatch batch, int start, int end)
    {
        tape.Recording = false;
        foreach ((int from, int to) in Microbatches.Of(batch, start, end, microbatchTokens))
        {
            Pack(batch, from, to);
            Forward(withDivergence: true, out _, out Tensor? divergence);
            batch.Spread(packing, from, to, divergence!.Data, batch.Paths.FullDivergence);
            tape.Reset();
        }

        tape.Recording = true;
    }

    private Tensor Forward(bool withDivergence, out Tensor entropy, out Tensor? divergence)
    {
        Tensor hidden = model.Forward(tape, packing.Tokens, packing.Layout);
        if (withDivergence)
        {
            return model.Score(hidden, reference!, ReferenceHidden(), packing.ScoredRows, packing.ScoredTokens, out entropy, out divergence);
        }

        divergence = null;
        return model.Score(hidden, packing.ScoredRows, packing.ScoredTokens, out entropy);
    }

    private Tensor ReferenceHidden() => reference!.Forward(tape, packing.Tokens, packing.Layout);

    private void Pack(RolloutBatch batch, int from, int to)
    {
        packing.Clear();
        for (int tree = from; tree < to; tree++)
        {
            packing.Add(batch.Trees[tree], SegmentOrigin.Policy);
        }
    }

    private void Seed(RolloutBatch batch, int from, int to, Tensor output, ReadOnlySpan<float> minibatchColumn, int firstToken)
    {
        Span<float> scored = Columns.Rent(ref seeds, output.Length);
        batch.Collect(packing, from, to, minibatchColumn, firstToken, scored);
        tape.Seed(output, scored);
    }
}
