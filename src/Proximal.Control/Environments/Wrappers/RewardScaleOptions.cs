using Proximal.Recipes;

namespace Proximal.Control.Environments.Wrappers;

/// <summary>Settings of <see cref="RewardScale"/> in a recipe.</summary>
public sealed record RewardScaleOptions
{
    /// <summary>What rewards are multiplied by.</summary>
    public double Scale { get; init; } = 1;

    /// <summary>What is added then.</summary>
    public double Offset { get; init; }

    /// <summary>Key, type and range of the values.</summary>
    public static OptionSchema<RewardScaleOptions> Schema { get; } = new OptionSchema<RewardScaleOptions>(() => new RewardScaleOptions())
        .Number("scale", o => o.Scale, (o, v) => o with { Scale = v }, "What rewards are multiplied by.")
        .Number("offset", o => o.Offset, (o, v) => o with { Offset = v }, "What is added then.");
}
