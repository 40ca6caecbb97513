namespace Proximal.Control.Environments.Wrappers;

/// <summary>Multiplies rewards by a number and adds another.</summary>
public sealed class RewardScale : EnvironmentWrapper
{
    private readonly float scale;
    private readonly float offset;

    /// <summary>Wraps an environment.</summary>
    /// <param name="inner">The environment.</param>
    /// <param name="scale">What rewards are multiplied by.</param>
    /// <param name="offset">What is added then.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is not finite.</exception>
    public RewardScale(IEnvironment inner, double scale, double offset = 0)
        : base(inner)
    {
        if (!double.IsFinite(scale) || !double.IsFinite(offset))
        {
            throw new ArgumentOutOfRangeException(nameof(scale), $"Scale {scale} and offset {offset} must be finite.");
        }

        (this.scale, this.offset) = ((float)scale, (float)offset);
        if (inner.Specification.RewardThreshold is not null)
        {
            // The threshold of the field speaks of the rewards of the environment itself.
            Specification = inner.Specification with { RewardThreshold = null };
        }
    }

    /// <inheritdoc/>
    protected override VectorEnvironment Wrap(VectorEnvironment copies) => new Copies(copies, Specification, scale, offset);

    private sealed class Copies(VectorEnvironment inner, EnvironmentSpecification specification, float scale, float offset) : VectorWrapper(inner, specification)
    {
        public override void Step(ReadOnlySpan<float> actions, StepBatch batch)
        {
            Inner.Step(actions, batch);
            foreach (ref float reward in batch.Rewards)
            {
                reward = (reward * scale) + offset;
            }
        }
    }
}
