using Proximal.Recipes;

namespace Proximal.Control.Environments.Wrappers;

/// <summary>Settings of <see cref="NormalizeReward"/> in a recipe.</summary>
public sealed record NormalizeRewardOptions
{
    /// <summary>Discount of the trace, gamma.</summary>
    public double Discount { get; init; } = 0.99;

    /// <summary>The largest reward in either direction.</summary>
    public double Clip { get; init; } = 10;

    /// <summary>Key, type and range of the values.</summary>
    public static OptionSchema<NormalizeRewardOptions> Schema { get; } = new OptionSchema<NormalizeRewardOptions>(() => new NormalizeRewardOptions())
        .Number("discount", o => o.Discount, (o, v) => o with { Discount = v }, "Discount of the trace, gamma.", 0, 1)
        .Number("clip", o => o.Clip, (o, v) => o with { Clip = v }, "The largest reward in either direction.", 1e-6);
}
