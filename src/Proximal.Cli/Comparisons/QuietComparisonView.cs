using Proximal.Comparisons;

namespace Proximal.Cli.Comparisons;

/// <summary>Shows nothing of a comparison but its end.</summary>
internal sealed class QuietComparisonView : IComparisonView
{
    public void Started(ComparedRun run, ComparedRun? start)
    {
    }

    public void Progressed(ComparedRun run, ComparedProgress progress)
    {
    }

    public void Ended(ComparedResult result, bool before)
    {
    }

    public void Stopping()
    {
    }

    public void Closed()
    {
    }

    public void Dispose()
    {
    }
}
