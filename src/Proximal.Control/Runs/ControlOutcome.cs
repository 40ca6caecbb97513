using Proximal.Runs;

namespace Proximal.Control.Runs;

/// <summary>What a control run achieved.</summary>
/// <param name="Folder">Where the run lies.</param>
/// <param name="Evaluations">Evaluations in order: before, on the way, after.</param>
/// <param name="Seconds">Seconds of training, over all processes that worked on the run.</param>
/// <param name="Finished">Whether all is done; false when the run was asked to stop.</param>
public sealed record ControlOutcome(RunFolder Folder, IReadOnlyList<ControlEvaluation> Evaluations, double Seconds, bool Finished);
