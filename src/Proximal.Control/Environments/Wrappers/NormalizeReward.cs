using Proximal.Control.Normalization;
using Proximal.Control.State;

namespace Proximal.Control.Environments.Wrappers;

/// <summary>
/// Rewards as <see cref="RewardNormalizer"/> gives them: divided by the running standard deviation of the discounted returns, and clipped.
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
        private readonly RewardNormalizer rewards = new(inner.Count, discount, clip);
        private readonly bool[] ended = new bool[inner.Count];

        public override void Reset(ulong seed, StepBatch batch)
        {
            rewards.Restart();
            Inner.Reset(seed, batch);
        }

        public override void Step(ReadOnlySpan<float> actions, StepBatch batch)
        {
            Inner.Step(actions, batch);
            for (int copy = 0; copy < Count; copy++)
            {
                ended[copy] = batch.Ended(copy);
            }

            rewards.Normalize(batch.Rewards, ended);
        }

        public override void Truncate(int copy, StepBatch batch)
        {
            Inner.Truncate(copy, batch);
            rewards.Restart(copy);
        }

        public override void Transfer(StateTransfer state)
        {
            state.Section(nameof(NormalizeReward));
            rewards.Transfer(state);
            Inner.Transfer(state);
        }
    }
}
