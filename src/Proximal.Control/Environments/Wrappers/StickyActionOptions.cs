using Proximal.Recipes;

namespace Proximal.Control.Environments.Wrappers;

/// <summary>Settings of <see cref="StickyAction"/> in a recipe.</summary>
public sealed record StickyActionOptions
{
    /// <summary>Probability of a repetition.</summary>
    public double Probability { get; init; } = 0.25;

    /// <summary>Key, type and range of the values.</summary>
    public static OptionSchema<StickyActionOptions> Schema { get; } = new OptionSchema<StickyActionOptions>(() => new StickyActionOptions())
        .Number("probability", o => o.Probability, (o, v) => o with { Probability = v }, "Probability of a repetition.", 0, 1);
}
