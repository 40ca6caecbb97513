using Proximal.Control.Normalization;
using Proximal.Control.State;
using Proximal.Tensors;

namespace Proximal.Control.Policies;

/// <summary>
/// Brings observations to mean 0 and variance 1 by running statistics, and clips them. What it subtracts and multiplies by lies in frozen
/// parameters, so that it travels with a policy.
/// </summary>
public sealed class ObservationNormalizer : IStateful
{
    private const double Epsilon = 1e-8;

    private readonly RunningNormalizer statistics;
    private readonly float clip;

    /// <summary>Creates a normalizer.</summary>
    /// <param name="name">Beginning of the parameters' names.</param>
    /// <param name="width">Numbers per row.</param>
    /// <param name="clip">Largest magnitude of what comes out.</param>
    public ObservationNormalizer(string name, int width, double clip = 10)
    {
        this.clip = (float)clip;
        statistics = new RunningNormalizer(width, Epsilon, clip);
        Mean = new Parameter($"{name}.mean", new Shape(width), trainable: false);
        Scale = new Parameter($"{name}.scale", new Shape(width), trainable: false);
        Publish();
    }

    /// <summary>What is subtracted.</summary>
    public Parameter Mean { get; }

    /// <summary>What is multiplied by then: 1 / sqrt(variance + 1e-8).</summary>
    public Parameter Scale { get; }

    /// <summary>Takes rows into the statistics.</summary>
    /// <param name="rows">[rows, width].</param>
    public void Update(ReadOnlySpan<float> rows)
    {
        statistics.Update(rows);
        Publish();
    }

    /// <summary>Writes clip((x - mean) scale).</summary>
    /// <param name="rows">[rows, width], changed in place.</param>
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
        statistics.Transfer(state);
        Publish();
    }

    private void Publish()
    {
        Span<float> means = Mean.Data, scales = Scale.Data;
        for (int i = 0; i < means.Length; i++)
        {
            means[i] = (float)statistics.Mean[i];
            scales[i] = (float)(1 / Math.Sqrt(statistics.Variance[i] + Epsilon));
        }
    }
}
