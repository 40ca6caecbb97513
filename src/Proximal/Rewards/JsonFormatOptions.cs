using Proximal.Recipes;

namespace Proximal.Rewards;

/// <summary>Options of <see cref="JsonFormatReward"/>.</summary>
public sealed record JsonFormatOptions
{
    /// <summary>Whether the object stands between <c>```json</c> and <c>```</c> instead of alone.</summary>
    public bool Fenced { get; init; }

    /// <summary>Keys, ranges and documentation.</summary>
    public static OptionSchema<JsonFormatOptions> Schema { get; } = new OptionSchema<JsonFormatOptions>(() => new JsonFormatOptions())
        .Flag("fenced", o => o.Fenced, (o, v) => o with { Fenced = v }, "The object stands between ```json and ``` instead of alone.");
}
