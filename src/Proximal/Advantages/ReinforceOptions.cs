using Proximal.Recipes;

namespace Proximal.Advantages;

/// <summary>Options of <see cref="ReinforceAdvantage"/>.</summary>
public sealed record ReinforceOptions
{
    /// <summary>What is subtracted from the reward.</summary>
    public RewardBaseline Baseline { get; init; } = RewardBaseline.None;

    /// <summary>The constant baseline, and where the moving average starts.</summary>
    public double Constant { get; init; }

    /// <summary>Share of the old value in each update of the moving average.</summary>
    public double Decay { get; init; } = 0.99;

    /// <summary>Keys, ranges and documentation.</summary>
    public static OptionSchema<ReinforceOptions> Schema { get; } = new OptionSchema<ReinforceOptions>(() => new ReinforceOptions())
        .Choice(
            "baseline",
            o => o.Baseline,
            (o, v) => o with { Baseline = v },
            "What is subtracted from the reward.",
            ("none", RewardBaseline.None),
            ("constant", RewardBaseline.Constant),
            ("moving-average", RewardBaseline.MovingAverage),
            ("greedy", RewardBaseline.Greedy),
            ("group-mean", RewardBaseline.GroupMean))
        .Number("constant", o => o.Constant, (o, v) => o with { Constant = v }, "The constant baseline, and where the moving average starts.", -1e6, 1e6)
        .Number("decay", o => o.Decay, (o, v) => o with { Decay = v }, "Share of the old value in each update of the moving average.", 0, 1);
}
