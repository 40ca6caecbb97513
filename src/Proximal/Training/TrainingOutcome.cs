using Proximal.Runs;

namespace Proximal.Training;

/// <summary>What a finished run achieved.</summary>
/// <param name="Folder">Where the run lies.</param>
/// <param name="Evaluations">Evaluations in order: before, between stages, after.</param>
/// <param name="Seconds">Seconds of training, over all processes that worked on the run.</param>
/// <param name="Finished">Whether all stages are done; false when the run was asked to stop.</param>
public sealed record TrainingOutcome(RunFolder Folder, IReadOnlyList<EvaluationResult> Evaluations, double Seconds, bool Finished);
