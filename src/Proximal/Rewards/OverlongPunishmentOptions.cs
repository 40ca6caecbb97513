using Proximal.Recipes;

namespace Proximal.Rewards;

/// <summary>Options of <see cref="OverlongPunishment"/>.</summary>
public sealed record OverlongPunishmentOptions
{
    /// <summary>L_c: the ramp, as a share of the response budget L_max (the paper: 4096 of 20480).</summary>
    public double Ramp { get; init; } = 0.2;

    /// <summary>Weight of the punishment.</summary>
    public double Factor { get; init; } = 1;

    /// <summary>Keys, ranges and documentation.</summary>
    public static OptionSchema<OverlongPunishmentOptions> Schema { get; } = new OptionSchema<OverlongPunishmentOptions>(() => new OverlongPunishmentOptions())
        .Number("ramp", o => o.Ramp, (o, v) => o with { Ramp = v }, "L_c / L_max: the ramp as a share of the response budget.", 1e-6, 1)
        .Number("factor", o => o.Factor, (o, v) => o with { Factor = v }, "Weight of the punishment.", 0, 1e6);
}
