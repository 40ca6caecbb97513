using Proximal.Recipes;

namespace Proximal.Advantages;

/// <summary>Options of <see cref="GroupRelativeAdvantage"/>.</summary>
public sealed record GroupRelativeOptions
{
    /// <summary>What the centred rewards are divided by.</summary>
    public GroupNormalization Normalization { get; init; } = GroupNormalization.SampleDeviation;

    /// <summary>ε added to the standard deviation.</summary>
    public double Epsilon { get; init; } = 1e-6;

    /// <summary>Keys, ranges and documentation.</summary>
    public static OptionSchema<GroupRelativeOptions> Schema { get; } = new OptionSchema<GroupRelativeOptions>(() => new GroupRelativeOptions())
        .Choice(
            "normalization",
            o => o.Normalization,
            (o, v) => o with { Normalization = v },
            "What the centred rewards of a group are divided by.",
            ("none", GroupNormalization.None),
            ("sample-deviation", GroupNormalization.SampleDeviation),
            ("population-deviation", GroupNormalization.PopulationDeviation))
        .Number("epsilon", o => o.Epsilon, (o, v) => o with { Epsilon = v }, "ε added to the standard deviation.", 0, 1);
}
