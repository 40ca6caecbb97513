using Proximal.Recipes;

namespace Proximal.Advantages;

/// <summary>Options of <see cref="RiskAdvantage"/>.</summary>
public sealed record RiskOptions
{
    /// <summary>b: questions of a bundle; 1 switches bundling off.</summary>
    public int Bundle { get; init; } = 5;

    /// <summary>α: level of the lower quantile.</summary>
    public double Alpha { get; init; } = 0.2;

    /// <summary>β: level of the upper quantile.</summary>
    public double Beta { get; init; } = 0.8;

    /// <summary>w: weight of the tail.</summary>
    public double Weight { get; init; } = 1.5;

    /// <summary>η: step of the quantile tracker.</summary>
    public double LearningRate { get; init; } = 0.1;

    /// <summary>Where the quantiles come from.</summary>
    public QuantileSource Quantiles { get; init; }

    /// <summary>Whether the constant q_α - q_β is a part of the range-value-at-risk.</summary>
    public bool NaturalBaseline { get; init; } = true;

    /// <summary>Whether advantages are divided by the standard deviation of the scores of the bundle.</summary>
    public bool Normalize { get; init; } = true;

    /// <summary>How responses share the advantage of their paper.</summary>
    public RiskCredit Credit { get; init; }

    /// <summary>The ablation: weight on the upper tail instead of the lower one.</summary>
    public bool Seeking { get; init; }

    /// <summary>Keys, ranges and documentation.</summary>
    public static OptionSchema<RiskOptions> Schema { get; } = new OptionSchema<RiskOptions>(() => new RiskOptions())
        .Integer("bundle", o => o.Bundle, (o, v) => o with { Bundle = v }, "b: questions of a bundle; 1 switches bundling off.", 1, 1024)
        .Number("alpha", o => o.Alpha, (o, v) => o with { Alpha = v }, "α: level of the lower quantile.", 0, 1)
        .Number("beta", o => o.Beta, (o, v) => o with { Beta = v }, "β: level of the upper quantile.", 0, 1)
        .Number("weight", o => o.Weight, (o, v) => o with { Weight = v }, "w: weight of the tail.", 0, 1e6)
        .Number("learning-rate", o => o.LearningRate, (o, v) => o with { LearningRate = v }, "η: step of the quantile tracker, in units of the score.", 0, 1e6)
        .Choice(
            "quantiles",
            o => o.Quantiles,
            (o, v) => o with { Quantiles = v },
            "Where the quantiles come from: tracked over the steps, of this batch, or the mean of both.",
            ("track", QuantileSource.Track),
            ("batch", QuantileSource.Batch),
            ("average", QuantileSource.Average))
        .Flag("natural-baseline", o => o.NaturalBaseline, (o, v) => o with { NaturalBaseline = v }, "Keep the constant q_α - q_β.")
        .Flag("normalize", o => o.Normalize, (o, v) => o with { Normalize = v }, "Divide by the standard deviation of the scores of the bundle.")
        .Choice(
            "credit",
            o => o.Credit,
            (o, v) => o with { Credit = v },
            "How responses share the advantage of their paper.",
            ("uniform", RiskCredit.Uniform),
            ("std", RiskCredit.Deviation),
            ("score", RiskCredit.Score),
            ("sum-mean", RiskCredit.SumMean))
        .Flag("seeking", o => o.Seeking, (o, v) => o with { Seeking = v }, "Weight on the upper tail instead of the lower one.")
        .Rule(o => o.Beta > o.Alpha ? null : FormattableString.Invariant($"'beta' is {o.Beta}, expected more than 'alpha' ({o.Alpha})"));
}
