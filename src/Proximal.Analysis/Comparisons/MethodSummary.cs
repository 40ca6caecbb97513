using Proximal.Analysis.Statistics;

namespace Proximal.Analysis.Comparisons;

/// <summary>What one method of a comparison came to, over its finished runs.</summary>
public sealed record MethodSummary
{
    /// <summary>Name of the method.</summary>
    public required string Method { get; init; }

    /// <summary>The deciding metric at the end of each finished run, by seed.</summary>
    public required IReadOnlyList<(int Seed, double Value)> Scores { get; init; }

    /// <summary>Runs that are not finished.</summary>
    public required int Failures { get; init; }

    /// <summary>Mean of the deciding metric before training; NaN where it was not measured.</summary>
    public required double Start { get; init; }

    /// <summary>Mean of the scores, with its interval over seeds.</summary>
    public required Estimate Mean { get; init; }

    /// <summary>Mean of the middle half of the scores, with its interval over seeds.</summary>
    public required Estimate InterquartileMean { get; init; }

    /// <summary>Mean over seeds of the score minus the baseline's with the same seed; unknown for the baseline.</summary>
    public required Estimate Difference { get; init; }

    /// <summary>How likely a run of the method beats one of the baseline, ties half; unknown for the baseline, and where either has a single run, which says nothing of chance.</summary>
    public required Estimate Improvement { get; init; }

    /// <summary>Other metrics at the end, means over finished runs with their intervals, in the order of <see cref="Comparison.Metrics"/>.</summary>
    public required IReadOnlyList<Estimate> Others { get; init; }

    /// <summary>Tokens that a finished run sampled in policy optimization, the mean; NaN where nobody counted.</summary>
    public required double SampledTokens { get; init; }

    /// <summary>Tokens that a finished run learned from in policy optimization, once for each pass, the mean; NaN where nobody counted.</summary>
    public required double TrainedTokens { get; init; }

    /// <summary>Seconds of training of a finished run, the mean.</summary>
    public required double Seconds { get; init; }

    /// <summary>Seconds of these in the steps that the method decides, without a supervised stage and measurements, the mean; NaN where nobody measured them.</summary>
    public required double MethodSeconds { get; init; }
}
