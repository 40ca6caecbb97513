using Proximal.Recipes;

namespace Proximal.Rewards;

/// <summary>Options of <see cref="AgreementReward"/>.</summary>
public sealed record AgreementOptions
{
    /// <summary>What is paid.</summary>
    public AgreementTarget Target { get; init; }

    /// <summary>δ_low as a share of ln G: a group with less answer entropy earns nothing.</summary>
    public double Low { get; init; }

    /// <summary>δ_high as a share of ln G: a group with as much answer entropy earns nothing.</summary>
    public double High { get; init; } = 1;

    /// <summary>Reward of a response without a readable answer.</summary>
    public double Unreadable { get; init; }

    /// <summary>Keys, ranges and documentation.</summary>
    public static OptionSchema<AgreementOptions> Schema { get; } = new OptionSchema<AgreementOptions>(() => new AgreementOptions())
        .Choice(
            "target",
            o => o.Target,
            (o, v) => o with { Target = v },
            "The share of responses with the same answer, or 1 for the most frequent answer.",
            ("frequency", AgreementTarget.Frequency),
            ("majority", AgreementTarget.Majority))
        .Number("low", o => o.Low, (o, v) => o with { Low = v }, "δ_low / ln G: a group with less answer entropy earns nothing.", 0, 1)
        .Number("high", o => o.High, (o, v) => o with { High = v }, "δ_high / ln G: a group with as much answer entropy earns nothing.", 0, 1)
        .Number("unreadable", o => o.Unreadable, (o, v) => o with { Unreadable = v }, "Reward of a response without a readable answer.", -1e6, 1e6)
        .Rule(o => o.High > o.Low ? null : FormattableString.Invariant($"'high' is {o.High}, expected more than 'low' ({o.Low})"));
}
