using Proximal.Runs;

namespace Proximal.Analysis.Health;

/// <summary>Examines a run while it trains, and tells each finding once, when it appears or becomes more severe. Rules that need recorded rollouts see none here.</summary>
public sealed class DoctorWatch
{
    /// <summary>Steps between examinations grow with the run, so that watching a long one costs no more than a few dozen looks at all of it.</summary>
    private const double Growth = 1.05;

    private readonly RunEvidence evidence = new();
    private readonly Dictionary<string, Severity> told = new(StringComparer.Ordinal);
    private double next = MetricSeries.EnoughValues;

    /// <summary>Takes the steps that a run has behind it when it is continued; what is found in them was told when it appeared.</summary>
    /// <exception cref="InvalidDataException">A line of the metrics is damaged; names file and line.</exception>
    public void Resume(RunReader run)
    {
        ArgumentNullException.ThrowIfNull(run);
        foreach (RunMetrics metrics in run.ReadMetrics())
        {
            Observe(metrics.Stage, metrics.Step, metrics.Metrics);
        }
    }

    /// <summary>Takes the metrics of a finished step.</summary>
    /// <returns>What has newly appeared; mostly nothing.</returns>
    public IReadOnlyList<Finding> Observe(TrainingStage stage, int step, IReadOnlyList<Metric> metrics)
    {
        evidence.Add(stage, step, metrics);
        if (evidence.StepCount < next)
        {
            return [];
        }

        next = Math.Max(evidence.StepCount + 1, evidence.StepCount * Growth);
        List<Finding> news = [];
        foreach (Finding finding in Doctor.Examine(evidence))
        {
            if (!told.TryGetValue(finding.Rule, out Severity before) || finding.Severity > before)
            {
                told[finding.Rule] = finding.Severity;
                news.Add(finding);
            }
        }

        return news;
    }
}
