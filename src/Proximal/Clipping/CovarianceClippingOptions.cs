using Proximal.Recipes;

namespace Proximal.Clipping;

/// <summary>Options of <see cref="CovarianceClipping"/>.</summary>
public sealed record CovarianceClippingOptions
{
    /// <summary>ε_low of the PPO clip elsewhere.</summary>
    public double Low { get; init; } = 0.2;

    /// <summary>ε_high of the PPO clip elsewhere.</summary>
    public double High { get; init; } = 0.2;

    /// <summary>r: share of the valid tokens that lose their gradient.</summary>
    public double Share { get; init; } = 2e-4;

    /// <summary>ω_low: candidates have a larger covariance.</summary>
    public double LowerBound { get; init; } = 1;

    /// <summary>ω_high: candidates have a smaller covariance.</summary>
    public double UpperBound { get; init; } = 5;

    /// <summary>Keys, ranges and documentation.</summary>
    public static OptionSchema<CovarianceClippingOptions> Schema { get; } = new OptionSchema<CovarianceClippingOptions>(() => new CovarianceClippingOptions())
        .Number("low", o => o.Low, (o, v) => o with { Low = v }, "ε_low of the PPO clip elsewhere.", 0, 1)
        .Number("high", o => o.High, (o, v) => o with { High = v }, "ε_high of the PPO clip elsewhere.", 0, 1e6)
        .Number("share", o => o.Share, (o, v) => o with { Share = v }, "r: share of the valid tokens that lose their gradient.", 0, 1)
        .Number("lower-bound", o => o.LowerBound, (o, v) => o with { LowerBound = v }, "ω_low: candidates have a larger covariance.")
        .Number("upper-bound", o => o.UpperBound, (o, v) => o with { UpperBound = v }, "ω_high: candidates have a smaller covariance.")
        .Rule(o => o.LowerBound < o.UpperBound ? null : FormattableString.Invariant($"'lower-bound' is {o.LowerBound}, expected less than 'upper-bound' {o.UpperBound}"));
}
