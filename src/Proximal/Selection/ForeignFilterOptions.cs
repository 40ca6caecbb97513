using Proximal.Recipes;

namespace Proximal.Selection;

/// <summary>Options of <see cref="ForeignFilter"/>.</summary>
public sealed record ForeignFilterOptions
{
    /// <summary>γ: a foreign rollout whose divergence is as large or larger is only learned from when its advantage is positive.</summary>
    public double Threshold { get; init; } = 50;

    /// <summary>Keys, ranges and documentation.</summary>
    public static OptionSchema<ForeignFilterOptions> Schema { get; } = new OptionSchema<ForeignFilterOptions>(() => new ForeignFilterOptions())
        .Number("threshold", o => o.Threshold, (o, v) => o with { Threshold = v }, "γ: the divergence in nats from which on foreign rollouts of negative advantage are dropped; 0 drops them all.", 0);
}
