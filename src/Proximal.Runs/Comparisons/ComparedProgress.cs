namespace Proximal.Comparisons;

/// <summary>How far a run of a comparison has come.</summary>
/// <param name="Stage">What it does, in a word.</param>
/// <param name="Step">Finished steps over all stages.</param>
/// <param name="Steps">Steps of all stages.</param>
/// <param name="Metric">The metric that shows whether it learns; empty where the stage has none.</param>
/// <param name="Value">Its last value; NaN where there is none.</param>
public readonly record struct ComparedProgress(string Stage, long Step, long Steps, string Metric, double Value);
