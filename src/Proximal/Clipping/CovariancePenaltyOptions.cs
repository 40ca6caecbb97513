using Proximal.Recipes;

namespace Proximal.Clipping;

/// <summary>Options of <see cref="CovariancePenalty"/>.</summary>
public sealed record CovariancePenaltyOptions
{
    /// <summary>k: share of the valid tokens that are penalized.</summary>
    public double Share { get; init; } = 2e-3;

    /// <summary>β: weight of the penalty.</summary>
    public double Coefficient { get; init; } = 1;

    /// <summary>Keys, ranges and documentation.</summary>
    public static OptionSchema<CovariancePenaltyOptions> Schema { get; } = new OptionSchema<CovariancePenaltyOptions>(() => new CovariancePenaltyOptions())
        .Number("share", o => o.Share, (o, v) => o with { Share = v }, "k: share of the valid tokens that are penalized.", 0, 1)
        .Number("coefficient", o => o.Coefficient, (o, v) => o with { Coefficient = v }, "β: weight of the penalty.", 0, 1e6);
}
