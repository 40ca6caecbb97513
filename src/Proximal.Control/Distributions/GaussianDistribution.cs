using Proximal.Tensors;
using Proximal.Tensors.Random;

namespace Proximal.Control.Distributions;

/// <summary>
/// A diagonal Gaussian (see <see cref="DiagonalGaussian"/>); the parameters are the means and then the logarithms of the standard deviations, which
/// are free parameters of the policy and the same in all states. Actions are not clipped here: environments clip them.
/// </summary>
public sealed class GaussianDistribution : ActionDistribution
{
    /// <summary>Creates the family.</summary>
    /// <param name="width">Numbers per action.</param>
    public GaussianDistribution(int width) => ActionWidth = width;

    /// <inheritdoc/>
    public override int ActionWidth { get; }

    /// <inheritdoc/>
    public override int ParameterWidth => 2 * ActionWidth;

    /// <inheritdoc/>
    public override int FreeWidth => ActionWidth;

    /// <inheritdoc/>
    public override void Sample(ReadOnlySpan<float> parameters, ReadOnlySpan<bool> mask, in RandomStream stream, Span<float> action) =>
        DiagonalGaussian.Sample(parameters[..ActionWidth], parameters[ActionWidth..], in stream, action);

    /// <inheritdoc/>
    public override void Mode(ReadOnlySpan<float> parameters, ReadOnlySpan<bool> mask, Span<float> action) => parameters[..ActionWidth].CopyTo(action);

    /// <inheritdoc/>
    public override double LogProb(ReadOnlySpan<float> parameters, ReadOnlySpan<bool> mask, ReadOnlySpan<float> action, out double entropy)
    {
        entropy = DiagonalGaussian.Entropy(parameters[ActionWidth..]);
        return DiagonalGaussian.LogProb(parameters[..ActionWidth], parameters[ActionWidth..], action);
    }

    /// <inheritdoc/>
    public override void Gradient(
        ReadOnlySpan<float> parameters, ReadOnlySpan<bool> mask, ReadOnlySpan<float> action, double logProbWeight, double entropyWeight, Span<float> gradient) =>
        DiagonalGaussian.Gradient(
            parameters[..ActionWidth], parameters[ActionWidth..], action, logProbWeight, entropyWeight, gradient[..ActionWidth], gradient[ActionWidth..]);

    /// <inheritdoc/>
    public override double KullbackLeibler(ReadOnlySpan<float> parameters, ReadOnlySpan<float> others, ReadOnlySpan<bool> mask) =>
        DiagonalGaussian.KullbackLeibler(parameters[..ActionWidth], parameters[ActionWidth..], others[..ActionWidth], others[ActionWidth..]);

    /// <inheritdoc/>
    public override void FisherProduct(ReadOnlySpan<float> parameters, ReadOnlySpan<bool> mask, ReadOnlySpan<float> vector, Span<float> product) =>
        DiagonalGaussian.FisherProduct(parameters[ActionWidth..], vector[..ActionWidth], vector[ActionWidth..], product[..ActionWidth], product[ActionWidth..]);

    /// <inheritdoc/>
    public override Tensor LogProb(Tensor parameters, ReadOnlySpan<bool> masks, ReadOnlySpan<float> actions, out Tensor entropies)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        Tensor mean = parameters.Slice(1, 0, ActionWidth), logStandardDeviation = parameters.Slice(1, ActionWidth, ActionWidth);
        Tensor standard = (parameters.Tape!.Input(mean.Shape, actions) - mean) * logStandardDeviation.Negate().Exp();
        entropies = (logStandardDeviation + (float)(0.5 * (1 + Math.Log(2 * Math.PI)))).Sum(1);
        return ((standard.Square() * -0.5f) - logStandardDeviation - (float)(0.5 * Math.Log(2 * Math.PI))).Sum(1);
    }
}
