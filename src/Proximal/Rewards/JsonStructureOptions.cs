using Proximal.Recipes;

namespace Proximal.Rewards;

/// <summary>Options of <see cref="JsonReward.StructureDefinition"/>.</summary>
public sealed record JsonStructureOptions
{
    /// <summary>λ: the penalty of a key that nobody asked for, in required keys.</summary>
    public double Penalty { get; init; } = 0.5;

    /// <summary>Keys, ranges and documentation.</summary>
    public static OptionSchema<JsonStructureOptions> Schema { get; } = new OptionSchema<JsonStructureOptions>(() => new JsonStructureOptions())
        .Number("penalty", o => o.Penalty, (o, v) => o with { Penalty = v }, "λ: the penalty of a key that nobody asked for, in required keys.", 0, 1e6);
}
