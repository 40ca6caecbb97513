using Proximal.Control.Distributions;
using Proximal.Control.Learning;

namespace Proximal.Control.Algorithms;

/// <summary>The loss of a minibatch of <see cref="Ppo"/>: <see cref="ClippedSurrogate"/> minus c_e times the mean entropy.</summary>
internal sealed class PpoLoss(ActionDistribution distribution, PpoOptions options, int capacity) : ActorCriticLoss
{
    private readonly float[] logProbs = new float[capacity];
    private readonly float[] weights = new float[capacity];

    /// <summary>The surrogate.</summary>
    public double PolicyLoss { get; private set; }

    /// <summary>The loss of values, with its coefficient.</summary>
    public double ValueLoss { get; private set; }

    /// <summary>Mean entropy in nats.</summary>
    public double Entropy { get; private set; }

    /// <summary>Mean of -log rho.</summary>
    public double KullbackLeiblerOfLogRatios { get; private set; }

    /// <summary>Mean of (rho - 1) - log rho, which has less variance.</summary>
    public double KullbackLeibler { get; private set; }

    /// <summary>Share of rows whose ratio lies beyond the clip range.</summary>
    public double ClipFraction { get; private set; }

    public override void Policy(RolloutBatch batch, ReadOnlySpan<float> distributions, Span<float> gradient)
    {
        int rows = batch.Count, width = distribution.ParameterWidth;
        double entropies = 0;
        for (int row = 0; row < rows; row++)
        {
            logProbs[row] = (float)distribution.LogProb(distributions.Slice(row * width, width), batch.Mask(row), batch.Action(row), out double entropy);
            entropies += entropy;
        }

        Entropy = entropies / rows;
        PolicyLoss = ClippedSurrogate.Policy(logProbs.AsSpan(0, rows), batch.LogProbs, batch.Advantages, options.ClipRange, weights.AsSpan(0, rows));
        Measure(batch.LogProbs);
        double entropyWeight = -options.EntropyCoefficient / rows;
        for (int row = 0; row < rows; row++)
        {
            distribution.Gradient(
                distributions.Slice(row * width, width), batch.Mask(row), batch.Action(row), weights[row], entropyWeight, gradient.Slice(row * width, width));
        }
    }

    public override void Value(RolloutBatch batch, ReadOnlySpan<float> values, Span<float> gradient) =>
        ValueLoss = ClippedSurrogate.Value(
            values, batch.Values, batch.Returns, options.ClipValueLoss ? options.ClipRange : double.PositiveInfinity, options.ValueCoefficient, gradient);

    private void Measure(ReadOnlySpan<float> oldLogProbs)
    {
        double first = 0, second = 0;
        int clipped = 0;
        for (int row = 0; row < oldLogProbs.Length; row++)
        {
            double logRatio = (double)logProbs[row] - oldLogProbs[row], ratio = logRatio == 0 ? 1 : Math.Exp(logRatio);
            first -= logRatio;
            second += ratio - 1 - logRatio;
            clipped += Math.Abs(ratio - 1) > options.ClipRange ? 1 : 0;
        }

        KullbackLeiblerOfLogRatios = first / oldLogProbs.Length;
        KullbackLeibler = second / oldLogProbs.Length;
        ClipFraction = (double)clipped / oldLogProbs.Length;
    }
}
