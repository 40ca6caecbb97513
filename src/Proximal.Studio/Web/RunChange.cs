using Proximal.Studio.Library;

namespace Proximal.Studio.Web;

/// <summary>A run that has changed.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Run">The run; null where it is gone.</param>
internal sealed record RunChange(string Id, StudioRun? Run)
{
    /// <summary>All runs have been looked at: what changes from now on is told.</summary>
    public static RunChange Ready { get; } = new("", null);
}
