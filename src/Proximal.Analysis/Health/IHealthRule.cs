namespace Proximal.Analysis.Health;

/// <summary>A rule of the <see cref="Doctor"/>: one thing that goes wrong in policy optimization, and how it is recognized.</summary>
public interface IHealthRule
{
    /// <summary>Key, as <c>entropy-collapse</c>.</summary>
    string Id { get; }

    /// <summary>The disease in a few words.</summary>
    string Title { get; }

    /// <summary>When the rule finds it, with the thresholds and why they are what they are.</summary>
    string Criterion { get; }

    /// <summary>Metrics that the rule reads; a name that ends with a slash stands for all metrics that begin with it.</summary>
    IReadOnlyList<string> Metrics { get; }

    /// <summary>Looks for the disease.</summary>
    /// <returns>The finding, or null where the run is healthy or does not tell.</returns>
    Finding? Examine(RunEvidence run);
}
