using Proximal.Control.Spaces;
using Proximal.Control.State;

namespace Proximal.Control.Environments.Diagnostic;

/// <summary>
/// The observation says which action is right: what every algorithm must learn within seconds. For discrete and multi-discrete spaces the reward
/// is the share of choices that equal the observation; for a box it is minus the mean squared distance from it (at best 0).
/// </summary>
public sealed class IdentityEnvironment : SingleEnvironment
{
    private readonly float[] target;

    /// <summary>Creates an environment whose observations and actions come from the same space.</summary>
    /// <param name="space">A discrete, multi-discrete or bounded box space.</param>
    /// <param name="length">Steps of an episode.</param>
    /// <exception cref="ArgumentException">The space is a dictionary or has no bounds.</exception>
    public IdentityEnvironment(Space space, int length = 100)
    {
        if (space is DictionarySpace or BoxSpace { IsBounded: false })
        {
            throw new ArgumentException($"The identity environment takes a discrete, multi-discrete or bounded box space, not {space}.", nameof(space));
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        Specification = new EnvironmentSpecification { Name = "identity", Observations = space, Actions = space, MaximumSteps = length };
        target = new float[space.Width];
    }

    /// <inheritdoc/>
    public override EnvironmentSpecification Specification { get; }

    /// <inheritdoc/>
    protected override SingleEnvironment NewCopy() => new IdentityEnvironment(Specification.Observations, Specification.MaximumSteps);

    /// <inheritdoc/>
    protected override void Begin(Span<float> observation) => Draw(observation);

    /// <inheritdoc/>
    protected override StepOutcome Advance(ReadOnlySpan<float> action, Span<float> observation)
    {
        double reward = 0;
        for (int i = 0; i < target.Length; i++)
        {
            double distance = action[i] - target[i];
            reward += Specification.Actions is BoxSpace ? -distance * distance : distance == 0 ? 1 : 0;
        }

        Draw(observation);
        return new StepOutcome(reward / target.Length);
    }

    /// <inheritdoc/>
    protected override void TransferState(StateTransfer state) => state.Values<float>(target);

    private void Draw(Span<float> observation)
    {
        Specification.Observations.Sample(ref Random, target);
        target.CopyTo(observation);
    }
}
