namespace Proximal.Comparisons;

/// <summary>How a run of a comparison ended.</summary>
/// <param name="Run">The run.</param>
/// <param name="Finished">Whether everything is done; otherwise it was stopped, or it failed.</param>
/// <param name="Seconds">Seconds of training, over all processes that worked on it.</param>
/// <param name="Failure">Why it failed; null where it did not.</param>
public sealed record ComparedResult(ComparedRun Run, bool Finished, double Seconds, string? Failure = null);
