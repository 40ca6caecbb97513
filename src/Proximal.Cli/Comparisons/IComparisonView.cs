using Proximal.Comparisons;

namespace Proximal.Cli.Comparisons;

/// <summary>Shows a comparison to whoever started it.</summary>
internal interface IComparisonView : IComparisonObserver, IDisposable
{
    /// <summary>The runs were asked to stop and will, after their steps. Comes from another thread.</summary>
    void Stopping();

    /// <summary>Nothing works any more.</summary>
    void Closed();
}
