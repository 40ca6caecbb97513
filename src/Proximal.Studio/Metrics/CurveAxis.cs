namespace Proximal.Studio.Metrics;

/// <summary>Against what a metric is drawn.</summary>
internal enum CurveAxis
{
    /// <summary>Steps of the stage, or of all stages.</summary>
    Step,

    /// <summary>Tokens that were worked on.</summary>
    Tokens,

    /// <summary>Seconds of training.</summary>
    Time,
}
