using Proximal.Runs;

namespace Proximal.Control.Runs;

/// <summary>How learning goes.</summary>
/// <param name="Step">Steps of the environment so far, over all copies; updates for an offline algorithm.</param>
/// <param name="Steps">Steps of the run.</param>
/// <param name="Metrics">Named numbers; names are stable.</param>
public sealed record ControlReport(int Step, int Steps, IReadOnlyList<Metric> Metrics)
{
    /// <summary>The value of a metric, or NaN where there is none of that name.</summary>
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
