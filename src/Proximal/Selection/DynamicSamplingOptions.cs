using Proximal.Recipes;

namespace Proximal.Selection;

/// <summary>Options of <see cref="DynamicSampling"/>.</summary>
public sealed record DynamicSamplingOptions
{
    /// <summary>Whether groups are judged by total rewards instead of verifier scores.</summary>
    public bool UseRewards { get; init; }

    /// <summary>The most rounds of rollouts in one step: the first and DAPO's ten more.</summary>
    public int MaximumRounds { get; init; } = 11;

    /// <summary>Keys, ranges and documentation.</summary>
    public static OptionSchema<DynamicSamplingOptions> Schema { get; } = new OptionSchema<DynamicSamplingOptions>(() => new DynamicSamplingOptions())
        .Flag("use-rewards", o => o.UseRewards, (o, v) => o with { UseRewards = v }, "Judge groups by total rewards instead of verifier scores.")
        .Integer("maximum-rounds", o => o.MaximumRounds, (o, v) => o with { MaximumRounds = v }, "Rounds of rollouts in one step at most; 1 draws no more prompts.", 1, 64);
}
