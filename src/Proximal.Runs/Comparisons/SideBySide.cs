using Proximal.Runs;

namespace Proximal.Comparisons;

/// <summary>
/// Trains the runs of a comparison, several at a time. Finished ones are left alone, stopped ones continue. Runs that are the same up to a point
/// share that part: the first trains it, and the others start from its checkpoint, to the same bits that they would have reached alone.
/// </summary>
public sealed class SideBySide
{
    private readonly IComparisonObserver? observer;
    private readonly CancellationToken cancellation;
    private readonly object gate = new();
    private readonly object view = new();
    private readonly List<ComparedRun> waiting = [];
    private readonly Dictionary<string, ComparedRun> starts = new(StringComparer.Ordinal);
    private readonly HashSet<string> beingTrained = new(StringComparer.Ordinal);
    private readonly Dictionary<ComparedRun, ComparedResult> results = [];

    private SideBySide(IComparisonObserver? observer, CancellationToken cancellation)
    {
        this.observer = observer;
        this.cancellation = cancellation;
    }

    /// <summary>Trains what is missing. A run that fails does not keep others from going on.</summary>
    /// <param name="runs">The runs, in the order in which they are begun.</param>
    /// <param name="together">Runs that are trained at the same time, a thread each.</param>
    /// <param name="observer">Sees them while they work.</param>
    /// <param name="cancellation">Asks every run to stop after its step.</param>
    /// <returns>How each run ended, in the order of <paramref name="runs"/>.</returns>
    /// <exception cref="InvalidDataException">A folder holds a run of another recipe, or a damaged one; nothing was trained.</exception>
    public static IReadOnlyList<ComparedResult> Train(
        IReadOnlyList<ComparedRun> runs, int together, IComparisonObserver? observer = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(runs);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(together);
        if (runs.Select(run => run.FindConflict()).FirstOrDefault(conflict => conflict is not null) is { } conflict)
        {
            throw new InvalidDataException(conflict);
        }

        SideBySide work = new(observer, cancellation);
        work.Sort(runs);
        using (cancellation.Register(work.Wake))
        {
            Thread[] threads = [.. Enumerable.Range(1, Math.Min(together, work.waiting.Count)).Select(i => new Thread(work.Work) { Name = $"Proximal comparison {i}" })];
            Array.ForEach(threads, thread => thread.Start());
            Array.ForEach(threads, thread => thread.Join());
        }

        return [.. runs.Select(run => work.results.TryGetValue(run, out ComparedResult? result) ? result : new ComparedResult(run, Finished: false, run.ReadState().Seconds))];
    }

    /// <summary>Tells finished runs from those that are to be trained, and finds the starts that are there.</summary>
    private void Sort(IReadOnlyList<ComparedRun> runs)
    {
        foreach (ComparedRun run in runs)
        {
            if (run is { StartKey: { } key, HasStart: true })
            {
                starts.TryAdd(key, run);
            }

            (bool finished, double seconds) = run.ReadState();
            if (finished)
            {
                results.Add(run, new ComparedResult(run, Finished: true, seconds));
                observer?.Ended(results[run], before: true);
            }
            else
            {
                waiting.Add(run);
            }
        }
    }

    private void Work()
    {
        while (Take() is (ComparedRun run, var start))
        {
            ComparedResult result = Train(run, start);
            lock (gate)
            {
                results.Add(run, result);
                Shared(run, ended: true);
            }

            lock (view)
            {
                observer?.Ended(result, before: false);
            }
        }
    }

    /// <summary>The next run that can go on, with the run whose start it takes over; waits while every run waits for a start. Null when nothing is left.</summary>
    private (ComparedRun Run, ComparedRun? Start)? Take()
    {
        lock (gate)
        {
            while (waiting.Count > 0 && !cancellation.IsCancellationRequested)
            {
                foreach (ComparedRun run in waiting)
                {
                    bool begun = CheckpointFolders.Latest(run.Folder) is not null;
                    ComparedRun? start = run.StartKey is { } key && !begun ? starts.GetValueOrDefault(key) : null;
                    if (run.StartKey is null || begun || start is not null || !beingTrained.Contains(run.StartKey))
                    {
                        waiting.Remove(run);
                        if (run.StartKey is { } own && !starts.ContainsKey(own))
                        {
                            beingTrained.Add(own);
                        }

                        return (run, start);
                    }
                }

                Monitor.Wait(gate);
            }

            return null;
        }
    }

    private ComparedResult Train(ComparedRun run, ComparedRun? start)
    {
        try
        {
            lock (view)
            {
                observer?.Started(run, start);
            }

            if (start is not null)
            {
                run.StartFrom(start);
            }

            bool finished = run.Train(progress => Report(run, progress), () => StartWritten(run), cancellation);
            return new ComparedResult(run, finished, run.ReadState().Seconds);
        }
#pragma warning disable CA1031 // A run that fails is told in its row, whatever it was, and the others go on.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            string message = exception is OutOfMemoryException ? "not enough memory" : exception.Message;
            return new ComparedResult(run, Finished: false, 0, message.ReplaceLineEndings(" "));
        }
    }

    private void Report(ComparedRun run, ComparedProgress progress)
    {
        lock (view)
        {
            observer?.Progressed(run, progress);
        }
    }

    private void StartWritten(ComparedRun run)
    {
        lock (gate)
        {
            Shared(run, ended: false);
        }
    }

    /// <summary>Lets others begin: from the start that the run has come to, or, where it ended before, by training it themselves.</summary>
    private void Shared(ComparedRun run, bool ended)
    {
        if (run.StartKey is { } key && (ended || run.HasStart))
        {
            if (run.HasStart)
            {
                starts.TryAdd(key, run);
            }

            beingTrained.Remove(key);
        }

        Monitor.PulseAll(gate);
    }

    private void Wake()
    {
        lock (gate)
        {
            Monitor.PulseAll(gate);
        }
    }
}
