using Proximal.Recipes;

namespace Proximal.Advantages;

/// <summary>Options of <see cref="ConsistencyAdvantage"/>.</summary>
public sealed record ConsistencyOptions
{
    /// <summary>How local and global loss are weighed.</summary>
    public BlendMode Blend { get; init; }

    /// <summary>k: steepness of the sigmoid, per bit.</summary>
    public double Steepness { get; init; } = 1;

    /// <summary>b as a share of the largest answer entropy, log2 G; the paper leaves b open.</summary>
    public double Midpoint { get; init; } = 0.5;

    /// <summary>ε added to standard deviations.</summary>
    public double Epsilon { get; init; } = 1e-6;

    /// <summary>Keys, ranges and documentation.</summary>
    public static OptionSchema<ConsistencyOptions> Schema { get; } = new OptionSchema<ConsistencyOptions>(() => new ConsistencyOptions())
        .Choice(
            "blend",
            o => o.Blend,
            (o, v) => o with { Blend = v },
            "How the local loss is weighed against the global one.",
            ("soft-forced", BlendMode.SoftForced),
            ("soft", BlendMode.Soft),
            ("forced", BlendMode.Forced),
            ("global", BlendMode.Global),
            ("local", BlendMode.Local))
        .Number("steepness", o => o.Steepness, (o, v) => o with { Steepness = v }, "k: steepness of the sigmoid, per bit of answer entropy.", 0, 1e6)
        .Number("midpoint", o => o.Midpoint, (o, v) => o with { Midpoint = v }, "b / log2 G: answer entropy at which both losses weigh the same.", 0, 1)
        .Number("epsilon", o => o.Epsilon, (o, v) => o with { Epsilon = v }, "ε added to standard deviations.", 0, 1);
}
