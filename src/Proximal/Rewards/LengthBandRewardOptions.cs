using Proximal.Recipes;

namespace Proximal.Rewards;

/// <summary>Options of <see cref="LengthBandReward"/>.</summary>
public sealed record LengthBandRewardOptions
{
    /// <summary>L_min, in tokens.</summary>
    public int Minimum { get; init; } = 8;

    /// <summary>L_max, in tokens.</summary>
    public int Maximum { get; init; } = 64;

    /// <summary>Keys, ranges and documentation.</summary>
    public static OptionSchema<LengthBandRewardOptions> Schema { get; } = new OptionSchema<LengthBandRewardOptions>(() => new LengthBandRewardOptions())
        .Integer("minimum", o => o.Minimum, (o, v) => o with { Minimum = v }, "L_min: shorter responses earn less.", 0, 1_048_576)
        .Integer("maximum", o => o.Maximum, (o, v) => o with { Maximum = v }, "L_max: longer responses earn less.", 1, 1_048_576)
        .Rule(o => o.Minimum <= o.Maximum ? null : FormattableString.Invariant($"'minimum' is {o.Minimum}, expected at most 'maximum' ({o.Maximum})"));
}
