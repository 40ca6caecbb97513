namespace Proximal.Advantages;

/// <summary>
/// Quantiles of a stream of scores at the levels 0.05, 0.10, ..., 0.95, by stochastic approximation: <c>q_u ← q_u + η (u - mean 1{S &lt; q_u})</c> after each batch,
/// from 0 on. Its fixed point is the quantile of the stream.
/// </summary>
/// <param name="learningRate">η, in units of the score.</param>
public sealed class QuantileTracker(double learningRate) : IStateful
{
    private const int Levels = 19;
    private const double Spacing = 0.05;
    private const string StateKey = "quantiles";

    private readonly double[] values = new double[Levels];

    /// <summary>The tracked quantile whose level is nearest.</summary>
    /// <param name="level">u in [0, 1].</param>
    public double Nearest(double level) => values[Math.Clamp((int)Math.Round(level / Spacing) - 1, 0, Levels - 1)];

    /// <summary>Moves every quantile after a batch; an empty one changes nothing.</summary>
    /// <param name="scores">The scores of the batch.</param>
    public void Update(ReadOnlySpan<float> scores)
    {
        for (int i = 0; i < Levels && !scores.IsEmpty; i++)
        {
            int below = 0;
            foreach (float score in scores)
            {
                below += score < values[i] ? 1 : 0;
            }

            values[i] += learningRate * (((i + 1) * Spacing) - ((double)below / scores.Length));
        }
    }

    /// <inheritdoc/>
    public void Save(IDictionary<string, double[]> state)
    {
        ArgumentNullException.ThrowIfNull(state);
        state[StateKey] = [.. values];
    }

    /// <inheritdoc/>
    public void Load(IReadOnlyDictionary<string, double[]> state)
    {
        ArgumentNullException.ThrowIfNull(state);
        double[] saved = state[StateKey];
        if (saved.Length != Levels)
        {
            throw new InvalidDataException($"The state of 'riskpo' has {saved.Length} quantiles, expected {Levels}.");
        }

        saved.CopyTo(values, 0);
    }
}
