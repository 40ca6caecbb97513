namespace Proximal.Control.Environments;

/// <summary>What a step gave.</summary>
/// <param name="Reward">The reward.</param>
/// <param name="Terminated">Whether the process ended: the value of what follows is 0.</param>
/// <param name="Truncated">Whether the episode is cut off although the process could go on. The limit of the specification needs no mention.</param>
public readonly record struct StepOutcome(double Reward, bool Terminated = false, bool Truncated = false);
