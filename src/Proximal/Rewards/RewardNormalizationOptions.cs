using Proximal.Recipes;

namespace Proximal.Rewards;

/// <summary>Options of <see cref="RewardNormalization"/>.</summary>
public sealed record RewardNormalizationOptions
{
    /// <summary>δ: the largest absolute value; 0 for no clipping. The paper tries values from 0.3 upwards.</summary>
    public double Clip { get; init; } = 0.8;

    /// <summary>Keys, ranges and documentation.</summary>
    public static OptionSchema<RewardNormalizationOptions> Schema { get; } = new OptionSchema<RewardNormalizationOptions>(() => new RewardNormalizationOptions())
        .Number("clip", o => o.Clip, (o, v) => o with { Clip = v }, "δ: the largest absolute value, in standard deviations; 0 for no clipping.", 0, 1e6);
}
