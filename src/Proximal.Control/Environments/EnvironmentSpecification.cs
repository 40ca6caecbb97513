using Proximal.Control.Spaces;

namespace Proximal.Control.Environments;

/// <summary>What a learner must know of an environment.</summary>
public sealed record EnvironmentSpecification
{
    /// <summary>The name, as <c>cartpole</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Where observations come from.</summary>
    public required Space Observations { get; init; }

    /// <summary>Where actions come from.</summary>
    public required Space Actions { get; init; }

    /// <summary>Steps after which an episode is truncated; 0 for no limit.</summary>
    public int MaximumSteps { get; init; }

    /// <summary>The mean return at which the environment counts as solved, where the field has agreed on one.</summary>
    public double? RewardThreshold { get; init; }

    /// <summary>Whether some actions can be illegal in a state; only for discrete and multi-discrete actions.</summary>
    public bool HasActionMask { get; init; }

    /// <summary>Names of numbers that an episode has at its end besides its return, as <c>success</c>.</summary>
    public IReadOnlyList<string> Metrics { get; init; } = [];

    /// <summary>A name without spaces for each number of an observation, as <c>angle</c>; empty where they have none.</summary>
    public IReadOnlyList<string> ObservationNames { get; init; } = [];

    /// <summary>A name without spaces for each discrete action, as <c>push-left</c>; empty where they have none.</summary>
    public IReadOnlyList<string> ActionNames { get; init; } = [];

    /// <summary>Numbers that discrete actions stand for, as setpoints; empty where actions are no numbers.</summary>
    public IReadOnlyList<ActionNumbers> ActionNumbers { get; init; } = [];

    /// <summary>Entries of an action mask: one per element of a discrete space, one after the other for a multi-discrete one; 0 without masks.</summary>
    public int MaskWidth => HasActionMask ? Actions.EncodedWidth : 0;
}
