using Proximal.Rollouts;

namespace Proximal.Training;

/// <summary>What a policy rolled out in the first half of a step.</summary>
/// <param name="Groups">Everything that was rolled out, and which groups are kept.</param>
/// <param name="Batch">The kept groups.</param>
/// <param name="Time">How long it took.</param>
internal sealed record CollectedRollouts(GroupCollector Groups, RolloutBatch Batch, TimeSpan Time);
