using Proximal.Control.State;

namespace Proximal.Control.Normalization;

/// <summary>
/// Mean and variance of all rows seen so far, merged batch by batch in double precision (Chan, Golub and LeVeque 1979), and rows normalized with them:
/// clip((x - mean) / sqrt(variance + epsilon)). Before the first rows the mean is 0 and the variance 1, and they weigh as much as a ten-thousandth of a
/// row, as in Gymnasium and Stable-Baselines3.
/// </summary>
public sealed class RunningNormalizer : IStateful
{
    private readonly double[] mean;
    private readonly double[] variance;
    private readonly double[] batchMean;
    private readonly double[] batchVariance;
    private readonly double epsilon;
    private readonly double clip;
    private double count = 1e-4;

    /// <summary>Creates statistics of nothing.</summary>
    /// <param name="width">Floats per row.</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <param name="clip">The largest normalized number in either direction.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is not positive.</exception>
    public RunningNormalizer(int width, double epsilon = 1e-8, double clip = 10)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(epsilon);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(clip);
        (this.epsilon, this.clip) = (epsilon, clip);
        mean = new double[width];
        variance = new double[width];
        batchMean = new double[width];
        batchVariance = new double[width];
        Array.Fill(variance, 1);
    }

    /// <summary>Floats per row.</summary>
    public int Width => mean.Length;

    /// <summary>Rows seen, and the ten-thousandth that the beginning weighs.</summary>
    public double Count => count;

    /// <summary>Mean of every column.</summary>
    public ReadOnlySpan<double> Mean => mean;

    /// <summary>Variance of every column (divided by the number of rows).</summary>
    public ReadOnlySpan<double> Variance => variance;

    /// <summary>Takes rows into account.</summary>
    /// <param name="rows">[rows, width].</param>
    /// <exception cref="ArgumentException">The rows do not fit the width.</exception>
    public void Update(ReadOnlySpan<float> rows)
    {
        int number = CheckRows(rows);
        if (number == 0)
        {
            return;
        }

        batchMean.AsSpan().Clear();
        batchVariance.AsSpan().Clear();
        for (int start = 0; start < rows.Length; start += Width)
        {
            for (int i = 0; i < Width; i++)
            {
                batchMean[i] += rows[start + i];
            }
        }

        for (int i = 0; i < Width; i++)
        {
            batchMean[i] /= number;
        }

        for (int start = 0; start < rows.Length; start += Width)
        {
            for (int i = 0; i < Width; i++)
            {
                double distance = rows[start + i] - batchMean[i];
                batchVariance[i] += distance * distance;
            }
        }

        for (int i = 0; i < Width; i++)
        {
            batchVariance[i] /= number;
        }

        Merge(batchMean, batchVariance, number);
    }

    /// <summary>Takes the statistics of other rows into account, as if they had been seen here.</summary>
    /// <param name="otherMean">Their means [width].</param>
    /// <param name="otherVariance">Their variances [width].</param>
    /// <param name="otherCount">How many there are.</param>
    /// <exception cref="ArgumentException">The numbers do not fit the width.</exception>
    public void Merge(ReadOnlySpan<double> otherMean, ReadOnlySpan<double> otherVariance, double otherCount)
    {
        if (otherMean.Length != Width || otherVariance.Length != Width)
        {
            throw new ArgumentException($"Statistics of {otherMean.Length} and {otherVariance.Length} columns do not fit {Width}.", nameof(otherMean));
        }

        double total = count + otherCount;
        for (int i = 0; i < Width; i++)
        {
            double distance = otherMean[i] - mean[i];
            mean[i] += distance * otherCount / total;
            variance[i] = ((variance[i] * count) + (otherVariance[i] * otherCount) + (distance * distance * count * otherCount / total)) / total;
        }

        count = total;
    }

    /// <summary>Normalizes rows.</summary>
    /// <param name="rows">[rows, width].</param>
    /// <param name="normalized">Receives them; may be the same memory.</param>
    /// <exception cref="ArgumentException">The rows do not fit the width or the memory.</exception>
    public void Normalize(ReadOnlySpan<float> rows, Span<float> normalized) => Normalize(rows, normalized, centered: true);

    /// <summary>Divides rows by the standard deviation and leaves the mean where it is, as for rewards.</summary>
    /// <param name="rows">[rows, width].</param>
    /// <param name="scaled">Receives them; may be the same memory.</param>
    /// <exception cref="ArgumentException">The rows do not fit the width or the memory.</exception>
    public void Scale(ReadOnlySpan<float> rows, Span<float> scaled) => Normalize(rows, scaled, centered: false);

    /// <inheritdoc/>
    public void Transfer(StateTransfer state)
    {
        ArgumentNullException.ThrowIfNull(state);
        state.Section(nameof(RunningNormalizer));
        state.Value(ref count);
        state.Values<double>(mean);
        state.Values<double>(variance);
    }

    private void Normalize(ReadOnlySpan<float> rows, Span<float> normalized, bool centered)
    {
        CheckRows(rows);
        if (normalized.Length < rows.Length)
        {
            throw new ArgumentException($"{rows.Length} numbers do not fit into {normalized.Length}.", nameof(normalized));
        }

        for (int i = 0; i < Width; i++)
        {
            double center = centered ? mean[i] : 0, factor = 1 / Math.Sqrt(variance[i] + epsilon);
            for (int at = i; at < rows.Length; at += Width)
            {
                normalized[at] = (float)Math.Clamp((rows[at] - center) * factor, -clip, clip);
            }
        }
    }

    private int CheckRows(ReadOnlySpan<float> rows) => rows.Length % Width == 0
        ? rows.Length / Width
        : throw new ArgumentException($"{rows.Length} numbers are not rows of {Width}.", nameof(rows));
}
