using Proximal.Runs;

namespace Proximal.Control.Runs;

/// <summary>A control run at a glance.</summary>
/// <param name="State">Whether it is worked on.</param>
/// <param name="Step">Steps that it has logged.</param>
/// <param name="Steps">Steps of the run; null where the recipe names components that the reader does not know.</param>
/// <param name="Return">Mean return of the last hundred episodes that were learned from; NaN before there is one.</param>
/// <param name="Seconds">Seconds of training up to the last checkpoint.</param>
/// <param name="Evaluations">Evaluations up to the last checkpoint, in order.</param>
public sealed record ControlSummary(RunState State, int Step, int? Steps, double Return, double Seconds, IReadOnlyList<ControlEvaluation> Evaluations);
