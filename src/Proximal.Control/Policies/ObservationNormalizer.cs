using Proximal.Control.State;
using Proximal.Tensors;

namespace Proximal.Control.Policies;

/// <summary>
/// Brings numbers to mean 0 and variance 1 by the statistics of all rows seen so far, and clips them. The statistics lie in frozen parameters, so
/// that they travel with a policy. Counting starts from a weight of 1e-4 on mean 0 and variance 1, as in Gymnasium.
/// </summary>
public sealed class ObservationNormalizer : IStateful
{
    private const double Epsilon = 1e-8;

    private readonly double[] mean;
    private readonly double[] variance;
    private readonly float clip;
    private double count = 1e-4;

    /// <summary>Creates a normalizer.</summary>
    /// <param name="name">Beginning of the parameters' names.</param>
    /// <param name="width">Numbers per row.</param>
    /// <param name="clip">Largest magnitude of what comes out.</param>
    public ObservationNormalizer(string name, int width, double clip = 10)
    {
        this.clip = (float)clip;
        mean = new double[width];
        variance = new double[width];
        Array.Fill(variance, 1);
        Mean = new Parameter($"{name}.mean", new Shape(width), trainable: false);
        Scale = new Parameter($"{name}.scale", new Shape(width), trainable: false);
        Publish();
    }

    /// <summary>What is subtracted.</summary>
    public Parameter Mean { get; }

    /// <summary>What is multiplied by then: 1 / sqrt(variance + 1e-8).</summary>
    public Parameter Scale { get; }

    /// <summary>Takes rows into the statistics (Chan et al. 1979).</summary>
    /// <param name="rows">[rows, width].</param>
    public void Update(ReadOnlySpan<float> rows)
    {
        int width = mean.Length, added = rows.Length / width;
        if (added == 0)
        {
            return;
        }

        double total = count + added;
        for (int i = 0; i < width; i++)
        {
            double sum = 0, squares = 0;
            for (int j = i; j < rows.Length; j += width)
            {
                sum += rows[j];
            }

            double newMean = sum / added;
            for (int j = i; j < rows.Length; j += width)
            {
                squares += (rows[j] - newMean) * (rows[j] - newMean);
            }

            double difference = newMean - mean[i];
            mean[i] += difference * added / total;
            variance[i] = ((variance[i] * count) + squares + (difference * difference * count * added / total)) / total;
        }

        count = total;
        Publish();
    }

    /// <summary>Writes clip((x - mean) scale).</summary>
    /// <param name="rows">[rows, width].</param>
    public void Normalize(Span<float> rows)
    {
        ReadOnlySpan<float> means = Mean.Data, scales = Scale.Data;
        for (int start = 0; start < rows.Length; start += means.Length)
        {
            Span<float> row = rows.Slice(start, means.Length);
            for (int i = 0; i < row.Length; i++)
            {
                row[i] = Math.Clamp((row[i] - means[i]) * scales[i], -clip, clip);
            }
        }
    }

    /// <inheritdoc/>
    public void Transfer(StateTransfer state)
    {
        ArgumentNullException.ThrowIfNull(state);
        state.Values<double>(mean);
        state.Values<double>(variance);
        state.Value(ref count);
        if (state.Reading)
        {
            Publish();
        }
    }

    private void Publish()
    {
        Span<float> means = Mean.Data, scales = Scale.Data;
        for (int i = 0; i < mean.Length; i++)
        {
            means[i] = (float)mean[i];
            scales[i] = (float)(1 / Math.Sqrt(variance[i] + Epsilon));
        }
    }
}
