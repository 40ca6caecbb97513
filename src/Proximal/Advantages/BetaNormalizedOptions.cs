using Proximal.Recipes;

namespace Proximal.Advantages;

/// <summary>Options of <see cref="BetaNormalizedAdvantage"/>.</summary>
public sealed record BetaNormalizedOptions
{
    /// <summary>Whether every term of the reward is normalized by itself and the advantages are averaged.</summary>
    public bool Decompose { get; init; }

    /// <summary>The smallest reward, which stands for 0.</summary>
    public double Minimum { get; init; }

    /// <summary>The largest reward, which stands for 1.</summary>
    public double Maximum { get; init; } = 1;

    /// <summary>Keys, ranges and documentation.</summary>
    public static OptionSchema<BetaNormalizedOptions> Schema { get; } = new OptionSchema<BetaNormalizedOptions>(() => new BetaNormalizedOptions())
        .Flag("decompose", o => o.Decompose, (o, v) => o with { Decompose = v }, "Normalize every term of the reward by itself and average the advantages.")
        .Number("minimum", o => o.Minimum, (o, v) => o with { Minimum = v }, "The smallest reward, which stands for 0.", -1e6, 1e6)
        .Number("maximum", o => o.Maximum, (o, v) => o with { Maximum = v }, "The largest reward, which stands for 1.", -1e6, 1e6)
        .Rule(o => o.Maximum > o.Minimum ? null : FormattableString.Invariant($"'maximum' is {o.Maximum}, expected more than 'minimum' ({o.Minimum})"));
}
