using Proximal.Recipes;

namespace Proximal.Selection;

/// <summary>Options of <see cref="DynamicSampling"/>.</summary>
public sealed record DynamicSamplingOptions
{
    /// <summary>Whether groups are judged by shaped rewards instead of verifier scores.</summary>
    public bool UseRewards { get; init; }

    /// <summary>Keys, ranges and documentation.</summary>
    public static OptionSchema<DynamicSamplingOptions> Schema { get; } = new OptionSchema<DynamicSamplingOptions>(() => new DynamicSamplingOptions())
        .Flag("use-rewards", o => o.UseRewards, (o, v) => o with { UseRewards = v }, "Judge groups by shaped rewards instead of verifier scores.");
}
