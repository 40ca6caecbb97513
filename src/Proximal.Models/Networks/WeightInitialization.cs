using Proximal.Tensors;
using Proximal.Tensors.Random;

namespace Proximal.Models.Networks;

/// <summary>How the weights of a layer begin.</summary>
/// <param name="Kind">The distribution.</param>
/// <param name="Gain">Factor of the weights; the standard deviation of normal ones.</param>
public readonly record struct WeightInitialization(WeightDistribution Kind, float Gain = 1)
{
    /// <summary>Weights and biases uniform in +-1/sqrt(inputs): the default of the common libraries.</summary>
    public static WeightInitialization FanIn => new(WeightDistribution.FanIn);

    /// <summary>Orthogonal rows or columns times a gain, biases 0 (Saxe et al. 2014).</summary>
    public static WeightInitialization Orthogonal(double gain) => new(WeightDistribution.Orthogonal, (float)gain);

    /// <summary>Normal weights with a standard deviation, biases 0.</summary>
    public static WeightInitialization Normal(double deviation) => new(WeightDistribution.Normal, (float)deviation);

    /// <summary>Fills a layer.</summary>
    /// <param name="weight">[out, in...]; the axes behind the first count as one.</param>
    /// <param name="bias">[out], or null.</param>
    /// <param name="stream">Names the random numbers.</param>
    public void Fill(Parameter weight, Parameter? bias, in RandomStream stream)
    {
        ArgumentNullException.ThrowIfNull(weight);
        int outputs = weight.Shape[0], inputs = weight.Length / outputs;
        switch (Kind)
        {
            case WeightDistribution.FanIn:
                double bound = 1 / Math.Sqrt(inputs);
                FillUniform(weight.Data, Gain * bound, in stream, 0);
                if (bias is not null)
                {
                    FillUniform(bias.Data, bound, in stream, weight.Length);
                }

                break;
            case WeightDistribution.Orthogonal:
                FillOrthogonal(weight.Data, outputs, inputs, in stream);
                bias?.Data.Clear();
                break;
            case WeightDistribution.Normal:
                Span<float> values = weight.Data;
                for (int i = 0; i < values.Length; i++)
                {
                    values[i] = (float)(Gain * stream.Normal(i));
                }

                bias?.Data.Clear();
                break;
            default:
                throw new InvalidOperationException($"There is no initialization {Kind}.");
        }

        weight.MarkChanged();
        bias?.MarkChanged();
    }

    private static void FillUniform(Span<float> values, double bound, in RandomStream stream, int start)
    {
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (float)(((2 * stream.Uniform(start + i)) - 1) * bound);
        }
    }

    /// <summary>Orthonormalizes normal vectors along the shorter side (modified Gram-Schmidt, in double precision and twice for each vector).</summary>
    private void FillOrthogonal(Span<float> values, int outputs, int inputs, in RandomStream stream)
    {
        int vectors = Math.Min(outputs, inputs), length = Math.Max(outputs, inputs);
        double[] basis = new double[vectors * length];
        for (int i = 0; i < basis.Length; i++)
        {
            basis[i] = stream.Normal(i);
        }

        for (int v = 0; v < vectors; v++)
        {
            Span<double> vector = basis.AsSpan(v * length, length);
            for (int pass = 0; pass < 2; pass++)
            {
                for (int earlier = 0; earlier < v; earlier++)
                {
                    ReadOnlySpan<double> direction = basis.AsSpan(earlier * length, length);
                    double product = 0;
                    for (int i = 0; i < length; i++)
                    {
                        product += vector[i] * direction[i];
                    }

                    for (int i = 0; i < length; i++)
                    {
                        vector[i] -= product * direction[i];
                    }
                }
            }

            double norm = 0;
            foreach (double value in vector)
            {
                norm += value * value;
            }

            norm = Math.Sqrt(norm);
            for (int i = 0; i < length; i++)
            {
                vector[i] /= norm;
            }
        }

        for (int row = 0; row < outputs; row++)
        {
            for (int column = 0; column < inputs; column++)
            {
                double value = outputs <= inputs ? basis[(row * length) + column] : basis[(column * length) + row];
                values[(row * inputs) + column] = (float)(Gain * value);
            }
        }
    }
}

/// <summary>Distributions of first weights.</summary>
public enum WeightDistribution
{
    /// <summary>Uniform in +-1/sqrt(inputs), biases too.</summary>
    FanIn,

    /// <summary>Orthogonal, biases 0.</summary>
    Orthogonal,

    /// <summary>Normal, biases 0.</summary>
    Normal,
}
