using Proximal.Runs;

namespace Proximal.Analysis.Health;

/// <summary>What rules look at: the metrics of policy optimization over its steps, and recorded rollouts.</summary>
public sealed class RunEvidence
{
    private const int LargestSeries = 1024;
    private const int RecordedSteps = 6;

    private readonly Dictionary<string, MetricSeries> series = new(StringComparer.Ordinal);
    private readonly HashSet<string> names;
    private readonly string[] prefixes;
    private readonly Lazy<IReadOnlyList<RolloutRecord>> rollouts;

    /// <summary>Evidence of a run that goes on; <see cref="Add"/> gives it steps.</summary>
    /// <param name="rollouts">Recorded rollouts; null for none.</param>
    public RunEvidence(IReadOnlyList<RolloutRecord>? rollouts = null)
        : this(new Lazy<IReadOnlyList<RolloutRecord>>(rollouts ?? []))
    {
    }

    private RunEvidence(Lazy<IReadOnlyList<RolloutRecord>> rollouts)
    {
        this.rollouts = rollouts;
        names = [.. Doctor.Rules.SelectMany(rule => rule.Metrics).Where(name => !name.EndsWith('/'))];
        prefixes = [.. Doctor.Rules.SelectMany(rule => rule.Metrics).Where(name => name.EndsWith('/')).Distinct()];
    }

    /// <summary>Number of steps with metrics.</summary>
    public int StepCount { get; private set; }

    /// <summary>The last step; 0 before the first.</summary>
    public int LastStep { get; private set; }

    /// <summary>Names of the metrics that are there, of those that rules read.</summary>
    public IEnumerable<string> Names => series.Keys.Order(StringComparer.Ordinal);

    /// <summary>Rollouts of the last recorded steps, without their columns and trees. Read from the run when first asked for.</summary>
    /// <exception cref="InvalidDataException">A file of recorded rollouts is damaged; names file and line.</exception>
    public IReadOnlyList<RolloutRecord> Rollouts => rollouts.Value;

    /// <summary>Reads the evidence of a run, which may be going on.</summary>
    /// <exception cref="InvalidDataException">A line of the metrics is damaged; names file and line.</exception>
    public static RunEvidence Read(RunReader run)
    {
        ArgumentNullException.ThrowIfNull(run);
        RunEvidence evidence = new(new Lazy<IReadOnlyList<RolloutRecord>>(() => ReadRollouts(run.Folder)));
        foreach (RunMetrics metrics in run.ReadMetrics())
        {
            evidence.Add(metrics.Stage, metrics.Step, metrics.Metrics);
        }

        return evidence;
    }

    /// <summary>Adds the metrics of a step. Other stages than policy optimization, evaluations, and steps that are there already are left out.</summary>
    public void Add(TrainingStage stage, int step, IReadOnlyList<Metric> metrics)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        if (stage != TrainingStage.Policy || step <= LastStep || metrics.Count == 0 || metrics.All(metric => metric.Name.Contains("evaluation/", StringComparison.Ordinal)))
        {
            return;
        }

        (StepCount, LastStep) = (StepCount + 1, step);
        foreach (Metric metric in metrics.Where(metric => IsRead(metric.Name)))
        {
            if (!series.TryGetValue(metric.Name, out MetricSeries? known) && series.Count < LargestSeries)
            {
                series.Add(metric.Name, known = new MetricSeries());
            }

            known?.Add(step, metric.Value);
        }
    }

    /// <summary>A metric with enough values to tell a trend, or null.</summary>
    public MetricSeries? Series(string name) => series.TryGetValue(name, out MetricSeries? found) && found.Count >= MetricSeries.EnoughValues ? found : null;

    private static RolloutRecord[] ReadRollouts(RunFolder folder)
    {
        RolloutRecordReader reader = new(folder);
        return [.. reader.ReadSteps().TakeLast(RecordedSteps).SelectMany(reader.Read).Select(WithoutTokens)];
    }

    /// <summary>Rules read texts and rewards; columns of several steps together would be large.</summary>
    private static RolloutRecord WithoutTokens(RolloutRecord record) => record with
    {
        Segments = [],
        Paths = [.. record.Paths.Select(path => path with { Columns = new Dictionary<string, float[]>() })],
    };

    private bool IsRead(string name)
    {
        if (names.Contains(name))
        {
            return true;
        }

        foreach (string prefix in prefixes)
        {
            if (name.StartsWith(prefix, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}
