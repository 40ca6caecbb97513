using Proximal.Control.Normalization;
using Proximal.Control.State;

namespace Proximal.Control.Learning;

/// <summary>
/// Divides rewards by the standard deviation of the discounted returns R = gamma R + r of all copies, which begin anew with every episode (as
/// NormalizeReward of Gymnasium), and clips them.
/// </summary>
public sealed class RewardNormalizer : IStateful
{
    private readonly float[] returns;
    private readonly float discount;
    private readonly RunningNormalizer statistics;

    /// <summary>Creates a normalizer.</summary>
    /// <param name="copies">Copies of the environment.</param>
    /// <param name="discount">gamma.</param>
    /// <param name="clip">Largest magnitude of what comes out.</param>
    public RewardNormalizer(int copies, double discount, double clip)
    {
        returns = new float[copies];
        this.discount = (float)discount;
        statistics = new RunningNormalizer(1, clip: clip);
    }

    /// <summary>Takes the rewards of a step into the statistics and normalizes them.</summary>
    /// <param name="rewards">[copies], changed in place.</param>
    /// <param name="ended">Whether the episode ended in the step [copies].</param>
    public void Normalize(Span<float> rewards, ReadOnlySpan<bool> ended)
    {
        for (int copy = 0; copy < returns.Length; copy++)
        {
            returns[copy] = (discount * returns[copy]) + rewards[copy];
        }

        statistics.Update(returns);
        statistics.Scale(rewards, rewards);
        for (int copy = 0; copy < returns.Length; copy++)
        {
            returns[copy] = ended[copy] ? 0 : returns[copy];
        }
    }

    /// <summary>Begins all returns anew, as when all copies do; the statistics stay.</summary>
    public void Restart() => returns.AsSpan().Clear();

    /// <inheritdoc/>
    public void Transfer(StateTransfer state)
    {
        ArgumentNullException.ThrowIfNull(state);
        state.Values<float>(returns);
        statistics.Transfer(state);
    }
}
