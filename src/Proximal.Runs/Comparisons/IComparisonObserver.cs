namespace Proximal.Comparisons;

/// <summary>Whoever wants to see the runs of a comparison while they work. Called by the threads of the runs, by one at a time.</summary>
public interface IComparisonObserver
{
    /// <summary>A run begins, or continues.</summary>
    /// <param name="run">The run.</param>
    /// <param name="start">The run whose start it takes over, so that it need not train that part again; null where it trains all itself.</param>
    void Started(ComparedRun run, ComparedRun? start);

    /// <summary>A step is finished.</summary>
    void Progressed(ComparedRun run, ComparedProgress progress);

    /// <summary>A run is finished, was stopped, or failed.</summary>
    /// <param name="result">How it ended.</param>
    /// <param name="before">Whether it was finished before this comparison looked at it.</param>
    void Ended(ComparedResult result, bool before);
}
