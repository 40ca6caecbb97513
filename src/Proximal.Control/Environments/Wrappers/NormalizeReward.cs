using Proximal.Control.Normalization;
using Proximal.Control.State;

namespace Proximal.Control.Environments.Wrappers;

/// <summary>
/// Divides rewards by the running standard deviation of the discounted return so far, g_t = gamma g_(t-1) + r_t (0 at the beginning of an episode),
/// over all copies, and cuts them to an interval (Engstrom et al. 2020; as in Gymnasium and CleanRL).
/// </summary>
public sealed class NormalizeReward : EnvironmentWrapper
{
    private readonly double discount;
    private readonly double clip;

    /// <summary>Wraps an environment.</summary>
    /// <param name="inner">The environment.</param>
    /// <param name="discount">gamma, 0 to 1.</param>
    /// <param name="clip">The largest reward in either direction.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public NormalizeReward(IEnvironment inner, double discount = 0.99, double clip = 10)
        : base(inner)
    {
        if (!(discount >= 0 && discount <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(discount), discount, "The discount is outside 0 to 1.");
        }

        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(clip);
        (this.discount, this.clip) = (discount, clip);
        Specification = inner.Specification with { RewardThreshold = null };
    }

    /// <inheritdoc/>
    protected override VectorEnvironment Wrap(VectorEnvironment copies) => new Copies(copies, Specification, discount, clip);

    private sealed class Copies(VectorEnvironment inner, EnvironmentSpecification specification, double discount, double clip) : VectorWrapper(inner, specification)
    {
        private readonly float[] returns = new float[inner.Count];
        private readonly RunningNormalizer statistics = new(1, clip: clip);

        public override void Reset(ulong seed, StepBatch batch)
        {
            returns.AsSpan().Clear();
            Inner.Reset(seed, batch);
        }

        public override void Step(ReadOnlySpan<float> actions, StepBatch batch)
        {
            Inner.Step(actions, batch);
            Span<float> rewards = batch.Rewards;
            for (int copy = 0; copy < Count; copy++)
            {
                returns[copy] = (float)((discount * returns[copy]) + rewards[copy]);
            }

            statistics.Update(returns);
            statistics.Scale(rewards, rewards);
            for (int copy = 0; copy < Count; copy++)
            {
                if (batch.Ended(copy))
                {
                    returns[copy] = 0;
                }
            }
        }

        public override void Truncate(int copy, StepBatch batch)
        {
            Inner.Truncate(copy, batch);
            returns[copy] = 0;
        }

        public override void Transfer(StateTransfer state)
        {
            state.Section(nameof(NormalizeReward));
            state.Values<float>(returns);
            statistics.Transfer(state);
            Inner.Transfer(state);
        }
    }
}
