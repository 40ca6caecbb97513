using Proximal.Recipes;

namespace Proximal.Control.Environments.ToyText;

/// <summary>Settings of <see cref="FrozenLake"/>; the defaults are FrozenLake-v1.</summary>
public sealed record FrozenLakeOptions
{
    /// <summary><c>4x4</c>, <c>8x8</c>, <c>random</c>, or rows of S (start), F (frozen), H (hole) and G (goal) separated by slashes.</summary>
    public string Map { get; init; } = "4x4";

    /// <summary>Rows and columns of a random map.</summary>
    public int Size { get; init; } = 8;

    /// <summary>Probability of a cell of a random map to be frozen.</summary>
    public double FrozenProbability { get; init; } = 0.8;

    /// <summary>Seed of a random map.</summary>
    public int MapSeed { get; init; } = 1;

    /// <summary>Whether the agent slips: it goes where it wants with the success rate, and else to one of the two sides.</summary>
    public bool Slippery { get; init; } = true;

    /// <summary>Probability of going where it wants, if slippery.</summary>
    public double SuccessRate { get; init; } = 1.0 / 3;

    /// <summary>Reward at the goal.</summary>
    public double GoalReward { get; init; } = 1;

    /// <summary>Reward in a hole.</summary>
    public double HoleReward { get; init; }

    /// <summary>Reward of any other step.</summary>
    public double FrozenReward { get; init; }

    /// <summary>Steps after which an episode is truncated; 100 for maps of up to 16 cells and 200 for larger ones if 0.</summary>
    public int MaximumSteps { get; init; }

    /// <summary>The options as a recipe gives them.</summary>
    public static OptionSchema<FrozenLakeOptions> Schema { get; } = new OptionSchema<FrozenLakeOptions>(() => new FrozenLakeOptions())
        .Text("map", o => o.Map, (o, v) => o with { Map = v }, "4x4, 8x8, random, or rows of S, F, H and G separated by slashes")
        .Integer("size", o => o.Size, (o, v) => o with { Size = v }, "rows and columns of a random map", minimum: 2, maximum: FrozenLakeMap.LargestSize)
        .Number("frozen-probability", o => o.FrozenProbability, (o, v) => o with { FrozenProbability = v }, "probability of a cell of a random map to be frozen", minimum: 0.1, maximum: 1)
        .Integer("map-seed", o => o.MapSeed, (o, v) => o with { MapSeed = v }, "seed of a random map")
        .Flag("slippery", o => o.Slippery, (o, v) => o with { Slippery = v }, "whether the agent slips to the sides")
        .Number("success-rate", o => o.SuccessRate, (o, v) => o with { SuccessRate = v }, "probability of going where it wants, if slippery", minimum: 0, maximum: 1)
        .Number("goal-reward", o => o.GoalReward, (o, v) => o with { GoalReward = v }, "reward at the goal")
        .Number("hole-reward", o => o.HoleReward, (o, v) => o with { HoleReward = v }, "reward in a hole")
        .Number("frozen-reward", o => o.FrozenReward, (o, v) => o with { FrozenReward = v }, "reward of any other step")
        .Integer("maximum-steps", o => o.MaximumSteps, (o, v) => o with { MaximumSteps = v }, "steps after which an episode is truncated; 100 or 200, by the size of the map, if 0", minimum: 0)
        .Rule(o => FrozenLakeMap.FindFault(o.Map));
}
