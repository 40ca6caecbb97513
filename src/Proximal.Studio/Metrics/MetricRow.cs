using Proximal.Runs;

namespace Proximal.Studio.Metrics;

/// <summary>Where a line of metrics stands on every horizontal axis.</summary>
/// <param name="Stage">Stage of the run.</param>
/// <param name="Step">Finished steps of the stage.</param>
/// <param name="GlobalStep">Finished steps over all stages.</param>
/// <param name="Seconds">Seconds of training over all stages.</param>
/// <param name="Tokens">Tokens that were sampled, or learned from, over all stages.</param>
internal readonly record struct MetricRow(TrainingStage Stage, int Step, long GlobalStep, double Seconds, double Tokens);
