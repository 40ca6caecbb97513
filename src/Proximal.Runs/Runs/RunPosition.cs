namespace Proximal.Runs;

/// <summary>How far a run has come.</summary>
/// <param name="Stage">The stage that is going on.</param>
/// <param name="Step">Finished steps of that stage.</param>
public readonly record struct RunPosition(TrainingStage Stage, int Step);
