using Proximal.Control.Spaces;
using Proximal.Tensors;
using Proximal.Tensors.Random;

namespace Proximal.Control.Distributions;

/// <summary>
/// A family of distributions over the actions of a space. A row of parameters names one of them: what a network gives out, so that gradients with
/// respect to the parameters are what a backward pass through the network starts from.
/// </summary>
public abstract class ActionDistribution
{
    /// <summary>Numbers per action.</summary>
    public abstract int ActionWidth { get; }

    /// <summary>Numbers that name a distribution.</summary>
    public abstract int ParameterWidth { get; }

    /// <summary>How many of them, the last ones, are the same in all states and belong to the policy instead of its network.</summary>
    public virtual int FreeWidth => 0;

    /// <summary>The family for a space of actions: categorical for discrete and multi-discrete ones, a diagonal Gaussian for boxes.</summary>
    /// <exception cref="ArgumentException">Actions of the space have no distribution.</exception>
    public static ActionDistribution For(Space actions) => actions switch
    {
        DiscreteSpace discrete => new CategoricalDistribution(discrete.Count),
        MultiDiscreteSpace multiDiscrete => new CategoricalDistribution(multiDiscrete.Counts),
        BoxSpace box => new GaussianDistribution(box.Width),
        _ => throw new ArgumentException($"There is no distribution over the actions {actions}; expected a discrete, multi-discrete or box space.", nameof(actions)),
    };

    /// <summary>Draws an action.</summary>
    /// <param name="parameters">[<see cref="ParameterWidth"/>].</param>
    /// <param name="mask">Which elements are legal, or empty.</param>
    /// <param name="stream">Random numbers of this choice.</param>
    /// <param name="action">Receives the action.</param>
    public abstract void Sample(ReadOnlySpan<float> parameters, ReadOnlySpan<bool> mask, in RandomStream stream, Span<float> action);

    /// <summary>Writes the most likely action.</summary>
    /// <param name="parameters">[<see cref="ParameterWidth"/>].</param>
    /// <param name="mask">Which elements are legal, or empty.</param>
    /// <param name="action">Receives the action.</param>
    public abstract void Mode(ReadOnlySpan<float> parameters, ReadOnlySpan<bool> mask, Span<float> action);

    /// <summary>The log-probability (or log-density) of an action, and the entropy.</summary>
    /// <param name="parameters">[<see cref="ParameterWidth"/>].</param>
    /// <param name="mask">Which elements are legal, or empty.</param>
    /// <param name="action">The action.</param>
    /// <param name="entropy">In nats.</param>
    public abstract double LogProb(ReadOnlySpan<float> parameters, ReadOnlySpan<bool> mask, ReadOnlySpan<float> action, out double entropy);

    /// <summary>Writes the gradient of a log p(action) + b H with respect to the parameters.</summary>
    /// <param name="parameters">[<see cref="ParameterWidth"/>].</param>
    /// <param name="mask">Which elements are legal, or empty.</param>
    /// <param name="action">A legal action.</param>
    /// <param name="logProbWeight">a.</param>
    /// <param name="entropyWeight">b.</param>
    /// <param name="gradient">Receives the gradient.</param>
    public abstract void Gradient(
        ReadOnlySpan<float> parameters, ReadOnlySpan<bool> mask, ReadOnlySpan<float> action, double logProbWeight, double entropyWeight, Span<float> gradient);

    /// <summary>KL(p || q).</summary>
    /// <param name="parameters">Of p.</param>
    /// <param name="others">Of q.</param>
    /// <param name="mask">Which elements are legal, or empty.</param>
    public abstract double KullbackLeibler(ReadOnlySpan<float> parameters, ReadOnlySpan<float> others, ReadOnlySpan<bool> mask);

    /// <summary>The Fisher information with respect to the parameters, which is the second derivative of the divergence from this distribution, times a vector.</summary>
    /// <param name="parameters">[<see cref="ParameterWidth"/>].</param>
    /// <param name="mask">Which elements are legal, or empty.</param>
    /// <param name="vector">[<see cref="ParameterWidth"/>].</param>
    /// <param name="product">Receives the product.</param>
    public abstract void FisherProduct(ReadOnlySpan<float> parameters, ReadOnlySpan<bool> mask, ReadOnlySpan<float> vector, Span<float> product);

    /// <summary>The same log-probabilities as tensors, for losses that are written on a tape.</summary>
    /// <param name="parameters">[rows, <see cref="ParameterWidth"/>].</param>
    /// <param name="masks">[rows, mask width], or empty.</param>
    /// <param name="actions">[rows, action width].</param>
    /// <param name="entropies">[rows].</param>
    /// <returns>[rows].</returns>
    public abstract Tensor LogProb(Tensor parameters, ReadOnlySpan<bool> masks, ReadOnlySpan<float> actions, out Tensor entropies);
}
