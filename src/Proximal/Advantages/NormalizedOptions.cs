using Proximal.Recipes;

namespace Proximal.Advantages;

/// <summary>Options of <see cref="NormalizedAdvantage"/>.</summary>
public sealed record NormalizedOptions
{
    private static readonly (string Name, RewardSet Value)[] Sets = [("none", RewardSet.None), ("group", RewardSet.Group), ("batch", RewardSet.Batch)];

    /// <summary>Over which rewards the mean is taken.</summary>
    public RewardSet Mean { get; init; } = RewardSet.Group;

    /// <summary>Over which rewards the standard deviation is taken.</summary>
    public RewardSet Deviation { get; init; } = RewardSet.Batch;

    /// <summary>Whether the deviation divides by n instead of n - 1.</summary>
    public bool Population { get; init; }

    /// <summary>ε added to the standard deviation.</summary>
    public double Epsilon { get; init; } = 1e-6;

    /// <summary>Keys, ranges and documentation.</summary>
    public static OptionSchema<NormalizedOptions> Schema { get; } = new OptionSchema<NormalizedOptions>(() => new NormalizedOptions())
        .Choice("mean", o => o.Mean, (o, v) => o with { Mean = v }, "Rewards whose mean is subtracted.", Sets)
        .Choice("deviation", o => o.Deviation, (o, v) => o with { Deviation = v }, "Rewards by whose standard deviation is divided.", Sets)
        .Flag("population", o => o.Population, (o, v) => o with { Population = v }, "The deviation divides by n instead of n - 1.")
        .Number("epsilon", o => o.Epsilon, (o, v) => o with { Epsilon = v }, "ε added to the standard deviation.", 0, 1);
}
