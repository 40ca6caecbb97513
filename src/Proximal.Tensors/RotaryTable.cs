using Proximal.Tensors.Memory;

namespace Proximal.Tensors;

/// <summary>
/// Cosines and sines of rotary position embeddings (Su et al. 2021): position t turns the pair of dimensions i and i + headDimension / 2 by the
/// angle t · theta^(-2i / headDimension). Angles are computed in double precision. Immutable; threads may share it.
/// </summary>
public sealed unsafe class RotaryTable : IDisposable
{
    /// <summary>The most numbers a table holds.</summary>
    public const long MaximumLength = 1L << 28;

    private readonly NativeBuffer buffer;

    /// <summary>Computes a table.</summary>
    /// <param name="theta">Base of the frequencies, as 10000.</param>
    /// <param name="headDimension">Dimensions of a head, even.</param>
    /// <param name="positions">Number of positions, from 0.</param>
    /// <exception cref="ArgumentException">A size is not positive, the head dimension is odd, theta is not a positive number, or the table exceeds <see cref="MaximumLength"/>.</exception>
    public RotaryTable(double theta, int headDimension, int positions)
    {
        if (headDimension <= 0 || headDimension % 2 != 0)
        {
            throw new ArgumentException($"The head dimension is a positive even number, not {headDimension}.", nameof(headDimension));
        }

        if (positions <= 0 || (long)positions * headDimension > MaximumLength)
        {
            throw new ArgumentException($"{positions} positions of {headDimension} numbers are not in 1..{MaximumLength}.", nameof(positions));
        }

        if (!(theta > 0) || double.IsInfinity(theta))
        {
            throw new ArgumentException($"The base is a positive number, not {theta}.", nameof(theta));
        }

        Theta = theta;
        HeadDimension = headDimension;
        Positions = positions;
        buffer = new NativeBuffer((long)positions * headDimension * sizeof(float));
        int half = headDimension / 2;
        for (int i = 0; i < half; i++)
        {
            double frequency = Math.Pow(theta, -2.0 * i / headDimension);
            for (int position = 0; position < positions; position++)
            {
                (double sine, double cosine) = Math.SinCos(position * frequency);
                float* row = Row(position);
                row[i] = (float)cosine;
                row[half + i] = (float)sine;
            }
        }
    }

    /// <summary>Base of the frequencies.</summary>
    public double Theta { get; }

    /// <summary>Dimensions of a head.</summary>
    public int HeadDimension { get; }

    /// <summary>Number of positions.</summary>
    public int Positions { get; }

    /// <summary>Frees the memory.</summary>
    public void Dispose() => buffer.Dispose();

    /// <summary>The cosines of one position, then its sines, each headDimension / 2.</summary>
    internal float* Row(int position) => buffer.Floats + ((nint)position * HeadDimension);
}
