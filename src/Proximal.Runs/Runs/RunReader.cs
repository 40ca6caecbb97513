using System.Text.Json;

namespace Proximal.Runs;

/// <summary>Reads a run, also while a process trains it. The files are untrusted: their lines are bounded and checked.</summary>
public sealed class RunReader
{
    private const int LongestLine = 1 << 20;
    private const int RecentBytes = 1 << 18;

    /// <summary>Opens a run.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no run in the folder.</exception>
    public RunReader(RunFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        Folder = folder.Exists
            ? folder
            : throw new DirectoryNotFoundException($"{folder.Path}: no run lies here; expected a folder that `proximal train` has made.");
    }

    /// <summary>Where the run lies.</summary>
    public RunFolder Folder { get; }

    /// <summary>The runs of a folder by name: the folder itself if it is a run, else the runs right below it.</summary>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    public static IReadOnlyList<RunReader> Find(string folder)
    {
        RunFolder run = new(folder);
        if (run.Exists)
        {
            return [new RunReader(run)];
        }

        return Directory.Exists(folder)
            ? [.. Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal).Select(path => new RunFolder(path)).Where(r => r.Exists).Select(r => new RunReader(r))]
            : throw new DirectoryNotFoundException($"{folder}: no such folder.");
    }

    /// <summary>All metrics in the order in which they were logged: steps and evaluations. A last line that is only half there is left out.</summary>
    /// <exception cref="InvalidDataException">A line is damaged; names file and line.</exception>
    public IEnumerable<RunMetrics> ReadMetrics()
    {
        if (!File.Exists(Folder.Metrics))
        {
            yield break;
        }

        InvalidDataException? damage = null;
        foreach ((int number, ReadOnlyMemory<byte> line) in BoundedLines.Read(Folder.Metrics, LongestLine))
        {
            if (damage is not null)
            {
                throw damage;
            }

            RunMetrics? metrics = null;
            try
            {
                metrics = RunMetrics.Parse(line.Span);
            }
            catch (JsonException exception)
            {
                damage = new InvalidDataException($"{Folder.Metrics}:{number}: {exception.Message}", exception);
            }

            if (metrics is not null)
            {
                yield return metrics;
            }
        }
    }

    /// <summary>
    /// One metric over the steps of a stage. Held-out metrics of the policy stage begin with the measurement after the supervised stage, as step 0.
    /// </summary>
    /// <param name="metric">Name of the metric.</param>
    /// <param name="stage">The stage; null for policy optimization, or supervised learning where only that has the metric.</param>
    /// <returns>Steps and values, both empty where the run has no such metric.</returns>
    /// <exception cref="InvalidDataException">A line is damaged; names file and line.</exception>
    public (double[] Steps, double[] Values) ReadCurve(string metric, TrainingStage? stage = null)
    {
        ArgumentNullException.ThrowIfNull(metric);
        RunMetrics[] all = [.. ReadMetrics().Where(m => m.Metrics.Any(one => one.Name == metric))];
        TrainingStage chosen = stage ?? (all.Any(m => m.Stage == TrainingStage.Policy) ? TrainingStage.Policy : TrainingStage.Supervised);
        List<double> steps = [], values = [];
        if (chosen == TrainingStage.Policy
            && metric.StartsWith("evaluation/", StringComparison.Ordinal)
            && all.LastOrDefault(m => m.Stage == TrainingStage.Supervised) is { } start)
        {
            steps.Add(0);
            values.Add(start[metric]);
        }

        foreach (RunMetrics one in all.Where(m => m.Stage == chosen))
        {
            steps.Add(one.Step);
            values.Add(one[metric]);
        }

        return ([.. steps], [.. values]);
    }

    /// <summary>The names of all metrics that the run logged, in the order in which they came up.</summary>
    /// <exception cref="InvalidDataException">A line is damaged; names file and line.</exception>
    public IReadOnlyList<string> ReadMetricNames() => [.. ReadMetrics().SelectMany(m => m.Metrics).Select(metric => metric.Name).Distinct()];

    /// <summary>The last lines of the metrics, without reading all of a long run.</summary>
    internal IReadOnlyList<RunMetrics> ReadRecentMetrics()
    {
        List<RunMetrics> recent = [];
        if (!File.Exists(Folder.Metrics))
        {
            return recent;
        }

        using FileStream stream = new(Folder.Metrics, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        long start = Math.Max(0, stream.Length - RecentBytes);
        stream.Seek(start, SeekOrigin.Begin);
        byte[] buffer = new byte[RecentBytes];
        ReadOnlySpan<byte> text = buffer.AsSpan(0, stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false));
        if (start > 0)
        {
            text = text[(text.IndexOf((byte)'\n') + 1)..];
        }

        for (int length = text.IndexOf((byte)'\n'); length >= 0; length = text.IndexOf((byte)'\n'))
        {
            try
            {
                recent.Add(RunMetrics.Parse(text[..length]));
            }
            catch (JsonException exception)
            {
                throw new InvalidDataException($"{Folder.Metrics}: a line near the end is damaged: {exception.Message}", exception);
            }

            text = text[(length + 1)..];
        }

        return recent;
    }
}
