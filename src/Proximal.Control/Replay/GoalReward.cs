using Proximal.Control.Environments;

namespace Proximal.Control.Replay;

/// <summary>What a step is worth that reached a goal when another, or the same, was asked for.</summary>
/// <param name="achieved">The goal that was reached.</param>
/// <param name="desired">The goal that was asked for.</param>
public delegate StepOutcome GoalReward(ReadOnlySpan<float> achieved, ReadOnlySpan<float> desired);
