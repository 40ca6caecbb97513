using Proximal.Comparisons;

namespace Proximal.Tests.Comparisons;

/// <summary>Remembers what a comparison told, and does something after each step.</summary>
internal sealed class ComparisonRecorder(Action<ComparedRun, ComparedProgress>? afterStep = null) : IComparisonObserver
{
    public List<(string Run, string? Start)> Starts { get; } = [];

    public List<(string Run, ComparedProgress Progress)> Steps { get; } = [];

    public List<(ComparedResult Result, bool Before)> Ends { get; } = [];

    public void Started(ComparedRun run, ComparedRun? start) => Starts.Add((run.Name, start?.Name));

    public void Progressed(ComparedRun run, ComparedProgress progress)
    {
        Steps.Add((run.Name, progress));
        afterStep?.Invoke(run, progress);
    }

    public void Ended(ComparedResult result, bool before) => Ends.Add((result, before));
}
