using Proximal.Control.State;

namespace Proximal.Control.Learning;

/// <summary>
/// Divides rewards by the standard deviation of the discounted returns R = gamma R + r of all copies, which begin anew with every episode (as
/// NormalizeReward of Gymnasium), and clips them.
/// </summary>
public sealed class RewardNormalizer : IStateful
{
    private readonly double[] returns;
    private readonly double discount;
    private readonly double clip;
    private double mean;
    private double variance = 1;
    private double count = 1e-4;

    /// <summary>Creates a normalizer.</summary>
    /// <param name="copies">Copies of the environment.</param>
    /// <param name="discount">gamma.</param>
    /// <param name="clip">Largest magnitude of what comes out.</param>
    public RewardNormalizer(int copies, double discount, double clip)
    {
        returns = new double[copies];
        this.discount = discount;
        this.clip = clip;
    }

    /// <summary>Takes the rewards of a step into the statistics and normalizes them.</summary>
    /// <param name="rewards">[copies], changed in place.</param>
    /// <param name="ended">Whether the episode ended in the step [copies].</param>
    public void Normalize(Span<float> rewards, ReadOnlySpan<bool> ended)
    {
        double sum = 0, squares = 0;
        for (int copy = 0; copy < returns.Length; copy++)
        {
            returns[copy] = (discount * returns[copy]) + rewards[copy];
            sum += returns[copy];
        }

        double batchMean = sum / returns.Length;
        for (int copy = 0; copy < returns.Length; copy++)
        {
            squares += (returns[copy] - batchMean) * (returns[copy] - batchMean);
            returns[copy] = ended[copy] ? 0 : returns[copy];
        }

        double difference = batchMean - mean, total = count + returns.Length;
        mean += difference * returns.Length / total;
        variance = ((variance * count) + squares + (difference * difference * count * returns.Length / total)) / total;
        count = total;
        double scale = 1 / Math.Sqrt(variance + 1e-8);
        foreach (ref float reward in rewards)
        {
            reward = (float)Math.Clamp(reward * scale, -clip, clip);
        }
    }

    /// <inheritdoc/>
    public void Transfer(StateTransfer state)
    {
        ArgumentNullException.ThrowIfNull(state);
        state.Values<double>(returns);
        state.Value(ref mean);
        state.Value(ref variance);
        state.Value(ref count);
    }
}
