using Proximal.Recipes;

namespace Proximal.Ratios;

/// <summary>Options of <see cref="DivergenceRejection"/>.</summary>
public sealed record DivergenceRejectionOptions
{
    /// <summary>The estimate that is averaged over a sequence.</summary>
    public RejectionStatistic Statistic { get; init; } = RejectionStatistic.K3;

    /// <summary>c: the largest mean that is kept.</summary>
    public double Threshold { get; init; } = 0.01;

    /// <summary>Keys, ranges and documentation.</summary>
    public static OptionSchema<DivergenceRejectionOptions> Schema { get; } = new OptionSchema<DivergenceRejectionOptions>(() => new DivergenceRejectionOptions())
        .Choice("statistic", o => o.Statistic, (o, v) => o with { Statistic = v }, "The estimate that is averaged over a sequence.", ("k2", RejectionStatistic.K2), ("k3", RejectionStatistic.K3))
        .Number("threshold", o => o.Threshold, (o, v) => o with { Threshold = v }, "c: the largest mean that is kept.", 0, 1e6);
}
