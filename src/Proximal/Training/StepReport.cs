using Proximal.Rollouts;
using Proximal.Runs;

namespace Proximal.Training;

/// <summary>What a finished step tells.</summary>
/// <param name="Stage">Stage of the run.</param>
/// <param name="Step">Finished steps of the stage, this one included.</param>
/// <param name="Steps">Steps of the stage.</param>
/// <param name="Metrics">Named numbers; names are stable.</param>
/// <param name="Rollouts">The rollouts of the step; null in supervised learning.</param>
public sealed record StepReport(TrainingStage Stage, int Step, int Steps, IReadOnlyList<Metric> Metrics, RolloutBatch? Rollouts)
{
    /// <summary>The value of a metric, or NaN where the step has none of that name.</summary>
    public double this[string name]
    {
        get
        {
            foreach (Metric metric in Metrics)
            {
                if (metric.Name == name)
                {
                    return metric.Value;
                }
            }

            return double.NaN;
        }
    }
}
