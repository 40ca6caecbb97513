using Proximal.Tensors;
using Proximal.Tensors.Random;

namespace Proximal.Control.Distributions;

/// <summary>One or several independent categorical choices (see <see cref="Categorical"/>); the parameters are their logits, one after the other.</summary>
public sealed class CategoricalDistribution : ActionDistribution
{
    private readonly int[] counts;

    /// <summary>Creates the family.</summary>
    /// <param name="counts">Elements of every choice.</param>
    public CategoricalDistribution(params ReadOnlySpan<int> counts)
    {
        foreach (int count in counts)
        {
            ParameterWidth = checked(ParameterWidth + count);
        }

        this.counts = counts.ToArray();
    }

    /// <inheritdoc/>
    public override int ActionWidth => counts.Length;

    /// <inheritdoc/>
    public override int ParameterWidth { get; }

    /// <inheritdoc/>
    public override void Sample(ReadOnlySpan<float> parameters, ReadOnlySpan<bool> mask, in RandomStream stream, Span<float> action)
    {
        for (int i = 0, start = 0; i < counts.Length; start += counts[i++])
        {
            action[i] = Categorical.Sample(parameters.Slice(start, counts[i]), Part(mask, start, counts[i]), stream.Uniform(i));
        }
    }

    /// <inheritdoc/>
    public override void Mode(ReadOnlySpan<float> parameters, ReadOnlySpan<bool> mask, Span<float> action)
    {
        for (int i = 0, start = 0; i < counts.Length; start += counts[i++])
        {
            action[i] = Categorical.Mode(parameters.Slice(start, counts[i]), Part(mask, start, counts[i]));
        }
    }

    /// <inheritdoc/>
    public override double LogProb(ReadOnlySpan<float> parameters, ReadOnlySpan<bool> mask, ReadOnlySpan<float> action, out double entropy)
    {
        double sum = 0;
        entropy = 0;
        for (int i = 0, start = 0; i < counts.Length; start += counts[i++])
        {
            sum += Categorical.LogProb(parameters.Slice(start, counts[i]), Part(mask, start, counts[i]), (int)action[i], out double part);
            entropy += part;
        }

        return sum;
    }

    /// <inheritdoc/>
    public override void Gradient(
        ReadOnlySpan<float> parameters, ReadOnlySpan<bool> mask, ReadOnlySpan<float> action, double logProbWeight, double entropyWeight, Span<float> gradient)
    {
        for (int i = 0, start = 0; i < counts.Length; start += counts[i++])
        {
            Categorical.Gradient(
                parameters.Slice(start, counts[i]), Part(mask, start, counts[i]), (int)action[i], logProbWeight, entropyWeight, gradient.Slice(start, counts[i]));
        }
    }

    /// <inheritdoc/>
    public override double KullbackLeibler(ReadOnlySpan<float> parameters, ReadOnlySpan<float> others, ReadOnlySpan<bool> mask)
    {
        double sum = 0;
        for (int i = 0, start = 0; i < counts.Length; start += counts[i++])
        {
            sum += Categorical.KullbackLeibler(parameters.Slice(start, counts[i]), others.Slice(start, counts[i]), Part(mask, start, counts[i]));
        }

        return sum;
    }

    /// <inheritdoc/>
    public override void FisherProduct(ReadOnlySpan<float> parameters, ReadOnlySpan<bool> mask, ReadOnlySpan<float> vector, Span<float> product)
    {
        for (int i = 0, start = 0; i < counts.Length; start += counts[i++])
        {
            Categorical.FisherProduct(
                parameters.Slice(start, counts[i]), Part(mask, start, counts[i]), vector.Slice(start, counts[i]), product.Slice(start, counts[i]));
        }
    }

    /// <inheritdoc/>
    public override Tensor LogProb(Tensor parameters, ReadOnlySpan<bool> masks, ReadOnlySpan<float> actions, out Tensor entropies)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        int rows = parameters.Shape[0];
        Tensor? sum = null, entropy = null;
        int[] chosen = new int[rows];
        for (int i = 0, start = 0; i < counts.Length; start += counts[i++])
        {
            Tensor logits = parameters.Slice(1, start, counts[i]);
            for (int row = 0; row < rows; row++)
            {
                chosen[row] = (int)actions[(row * counts.Length) + i];
            }

            if (!masks.IsEmpty)
            {
                Tensor illegal = parameters.Tape!.Empty(logits.Shape);
                for (int row = 0; row < rows; row++)
                {
                    for (int j = 0; j < counts[i]; j++)
                    {
                        illegal.Data[(row * counts[i]) + j] = masks[(row * ParameterWidth) + start + j] ? 0 : 1;
                    }
                }

                // Large enough that the probability is 0, and finite, so that 0 times its logarithm is 0.
                logits = logits.MaskedFill(illegal, -1e9f);
            }

            Tensor logProbs = logits.LogSoftmax(), part = logProbs.Gather(chosen), partEntropy = (logProbs.Exp() * logProbs).Sum(1).Negate();
            sum = sum is null ? part : sum + part;
            entropy = entropy is null ? partEntropy : entropy + partEntropy;
        }

        entropies = entropy!;
        return sum!;
    }

    private static ReadOnlySpan<bool> Part(ReadOnlySpan<bool> mask, int start, int count) => mask.IsEmpty ? mask : mask.Slice(start, count);
}
