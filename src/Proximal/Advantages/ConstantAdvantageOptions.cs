using Proximal.Recipes;

namespace Proximal.Advantages;

/// <summary>Options of <see cref="ConstantAdvantage"/>.</summary>
public sealed record ConstantAdvantageOptions
{
    /// <summary>The advantage a.</summary>
    public double Value { get; init; } = 1;

    /// <summary>Keys, ranges and documentation.</summary>
    public static OptionSchema<ConstantAdvantageOptions> Schema { get; } = new OptionSchema<ConstantAdvantageOptions>(() => new ConstantAdvantageOptions())
        .Number("value", o => o.Value, (o, v) => o with { Value = v }, "The advantage a of every policy token.", -1e6, 1e6);
}
