using Proximal.Control.Distributions;
using Proximal.Control.Learning;

namespace Proximal.Control.Algorithms;

/// <summary>
/// The loss whose gradient is the policy gradient: L = -mean (A log pi(a|s)) + c_v mean (V - R)² / 2 - c_e mean H.
/// </summary>
internal sealed class PolicyGradientLoss(ActionDistribution distribution, double valueCoefficient, double entropyCoefficient) : ActorCriticLoss
{
    /// <summary>The surrogate -mean (A log pi).</summary>
    public double PolicyLoss { get; private set; }

    /// <summary>The loss of values, with its coefficient.</summary>
    public double ValueLoss { get; private set; }

    /// <summary>Mean entropy in nats.</summary>
    public double Entropy { get; private set; }

    public override void Policy(RolloutBatch batch, ReadOnlySpan<float> distributions, Span<float> gradient)
    {
        int rows = batch.Count, width = distribution.ParameterWidth;
        ReadOnlySpan<float> advantages = batch.Advantages;
        double surrogate = 0, entropies = 0, share = 1.0 / rows;
        for (int row = 0; row < rows; row++)
        {
            ReadOnlySpan<float> parameters = distributions.Slice(row * width, width);
            surrogate -= advantages[row] * distribution.LogProb(parameters, batch.Mask(row), batch.Action(row), out double entropy);
            entropies += entropy;
            distribution.Gradient(
                parameters, batch.Mask(row), batch.Action(row), -advantages[row] * share, -entropyCoefficient * share, gradient.Slice(row * width, width));
        }

        PolicyLoss = surrogate * share;
        Entropy = entropies * share;
    }

    public override void Value(RolloutBatch batch, ReadOnlySpan<float> values, Span<float> gradient) =>
        ValueLoss = ClippedSurrogate.Value(values, batch.Values, batch.Returns, double.PositiveInfinity, valueCoefficient, gradient);
}
