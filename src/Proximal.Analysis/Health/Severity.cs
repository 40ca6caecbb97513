namespace Proximal.Analysis.Health;

/// <summary>How much a finding matters.</summary>
public enum Severity
{
    /// <summary>Worth knowing; the run may be as it should.</summary>
    Note,

    /// <summary>The run learns less than it could, or learns something else.</summary>
    Warning,

    /// <summary>The run should be stopped and changed.</summary>
    Critical,
}
