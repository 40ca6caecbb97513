using Proximal.Runs;

namespace Proximal.Studio.Metrics;

/// <summary>What part of a metric is asked for.</summary>
/// <param name="Name">Name of the metric.</param>
internal sealed record CurveQuery(string Name)
{
    public const int FewestPoints = 16;
    public const int MostPoints = 8_192;

    /// <summary>Against what it is drawn.</summary>
    public CurveAxis Axis { get; init; }

    /// <summary>The stage; null for the one of policy optimization where it has the metric, else the last that has it.</summary>
    public TrainingStage? Stage { get; init; }

    /// <summary>Whether all stages follow each other on the axis.</summary>
    public bool AllStages { get; init; }

    /// <summary>The left end.</summary>
    public double From { get; init; } = double.NegativeInfinity;

    /// <summary>The right end.</summary>
    public double To { get; init; } = double.PositiveInfinity;

    /// <summary>The most points of the answer.</summary>
    public int Points { get; init; } = 1_024;

    /// <summary>Weight of the past in the smoothed curve; 0 for none.</summary>
    public double Smoothing { get; init; }

    /// <summary>Buckets of equal width between the ends over which means are taken; 0 for none. The ends must be finite.</summary>
    public int Bins { get; init; }
}
