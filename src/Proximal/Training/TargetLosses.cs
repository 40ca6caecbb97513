using Proximal.Models.Generation;
using Proximal.Models.Llama;
using Proximal.Supplements;
using Proximal.Tensors;

namespace Proximal.Training;

/// <summary>Losses of chains whose teacher segments are targets, and their log-probabilities.</summary>
/// <param name="lanes">The model that learns, and who goes through the chains.</param>
internal sealed class TargetLosses(UpdateLanes lanes)
{
    private readonly SupervisedUpdater likelihood = new(lanes);

    /// <summary>Adds the gradient of <c>-c mean log π(token)</c> and returns the loss without c.</summary>
    public double AddLikelihoodGradient(IReadOnlyList<TokenTree> targets, double coefficient)
    {
        bool[] right = new bool[targets.Count];
        likelihood.Update(new DemonstrationBatch(targets, right), coefficient: coefficient);
        return likelihood.NegativeLogLikelihood;
    }

    /// <summary>Adds the gradient of <c>-c mean log σ(β Δ)</c>, where Δ is the difference of the log-ratios of the two responses to the reference.</summary>
    public PreferenceResult AddPreferenceGradient(IReadOnlyList<TargetPair> pairs, double beta, double coefficient, LlamaModel reference)
    {
        TokenTree[] chains = [.. pairs.SelectMany(pair => new[] { pair.Chosen, pair.Rejected })];
        float[][] current = LogProbs(chains, lanes.Model), frozen = LogProbs(chains, reference);

        // What a pair weighs depends on both of its chains, which may lie in different microbatches: so margins first, then the gradient.
        float[] weights = new float[chains.Length];
        double loss = 0, accuracy = 0, margins = 0;
        for (int i = 0; i < chains.Length; i += 2)
        {
            double margin = beta * (LogRatio(i) - LogRatio(i + 1));
            (double negativeLogProbability, double slope) = PreferencePair.Loss(margin);
            loss += negativeLogProbability / pairs.Count;
            accuracy += (margin > 0 ? 1.0 : 0.0) / pairs.Count;
            margins += margin / pairs.Count;
            weights[i] = (float)(coefficient * beta * slope / pairs.Count);
            weights[i + 1] = -weights[i];
        }

        AddGradient(chains, weights);
        return new PreferenceResult(loss, accuracy, margins);

        double LogRatio(int chain)
        {
            double sum = 0;
            for (int t = 0; t < current[chain].Length; t++)
            {
                sum += (double)current[chain][t] - frozen[chain][t];
            }

            return sum;
        }
    }

    /// <summary>Log-probabilities of the teacher's tokens of each chain under a model, without gradients.</summary>
    public float[][] LogProbs(IReadOnlyList<TokenTree> chains, LlamaModel model)
    {
        float[][] logProbs = [.. chains.Select(chain => new float[TargetTokens(chain)])];
        lanes.Score(
            chains,
            0,
            chains.Count,
            (lane, from, to) =>
            {
                ReadOnlySpan<float> scored = model.Score(lane.Forward(model), lane.Packing.ScoredRows, lane.Packing.ScoredTokens, out _).Data;
                for (int chain = from; chain < to; chain++)
                {
                    scored[..logProbs[chain].Length].CopyTo(logProbs[chain]);
                    scored = scored[logProbs[chain].Length..];
                }
            },
            SegmentOrigin.Teacher);
        return logProbs;
    }

    /// <summary>Adds the gradient of <c>Σ w log π(token)</c>, with a weight a chain.</summary>
    private void AddGradient(TokenTree[] chains, float[] weights) =>
        lanes.Update(chains, 0, chains.Length, SegmentOrigin.Teacher, (lane, from, to) =>
        {
            Tensor logProb = lane.Model.Score(lane.Forward(lane.Model), lane.Packing.ScoredRows, lane.Packing.ScoredTokens, out _);
            Span<float> gradient = lane.Seeds(logProb.Length);
            for (int chain = from, at = 0; chain < to; chain++)
            {
                int tokens = TargetTokens(chains[chain]);
                gradient.Slice(at, tokens).Fill(weights[chain]);
                at += tokens;
            }

            lane.Tape.Seed(logProb, gradient);
        });

    private static int TargetTokens(TokenTree chain) => chain.Segments.Where(segment => segment.Origin == SegmentOrigin.Teacher).Sum(segment => segment.Tokens.Length);
}
