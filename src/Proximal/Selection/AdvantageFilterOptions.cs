using Proximal.Recipes;

namespace Proximal.Selection;

/// <summary>Options of <see cref="AdvantageFilter"/>.</summary>
public sealed record AdvantageFilterOptions
{
    /// <summary>ε: a group is kept when the size of some advantage is above it.</summary>
    public double Threshold { get; init; } = 1e-3;

    /// <summary>Keys, ranges and documentation.</summary>
    public static OptionSchema<AdvantageFilterOptions> Schema { get; } = new OptionSchema<AdvantageFilterOptions>(() => new AdvantageFilterOptions())
        .Number("threshold", o => o.Threshold, (o, v) => o with { Threshold = v }, "ε: a group is kept when the size of some advantage is above it.", 0, 1e6);
}
