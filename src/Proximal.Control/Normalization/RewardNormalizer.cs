using Proximal.Control.State;

namespace Proximal.Control.Normalization;

/// <summary>
/// Divides rewards by the running standard deviation of the discounted returns so far, g_t = gamma g_(t-1) + r_t (0 at the beginning of an episode),
/// over all copies, and clips them (Engstrom et al. 2020; as in Gymnasium and CleanRL).
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

    /// <summary>Begins the return of a copy anew.</summary>
    public void Restart(int copy) => returns[copy] = 0;

    /// <inheritdoc/>
    public void Transfer(StateTransfer state)
    {
        ArgumentNullException.ThrowIfNull(state);
        state.Values<float>(returns);
        statistics.Transfer(state);
    }
}
