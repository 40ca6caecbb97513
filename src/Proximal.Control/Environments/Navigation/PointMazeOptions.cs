using Proximal.Recipes;

namespace Proximal.Control.Environments.Navigation;

/// <summary>Settings of <see cref="PointMaze"/>.</summary>
public sealed record PointMazeOptions
{
    /// <summary>The maze.</summary>
    public PointMazeLayout Layout { get; init; } = PointMazeLayout.UMaze;

    /// <summary>Whether the reward is exp(-distance to the goal) instead of 1 within half a unit of it.</summary>
    public bool DenseReward { get; init; }

    /// <summary>Whether every episode has a goal of its own, which is part of the observation, and ends there.</summary>
    public bool GoalConditioned { get; init; }

    /// <summary>Whether positions are observed 0.2 lower along both axes, as D4RL has them.</summary>
    public bool D4rlOffset { get; init; }

    /// <summary>The options as a recipe gives them.</summary>
    public static OptionSchema<PointMazeOptions> Schema { get; } = new OptionSchema<PointMazeOptions>(() => new PointMazeOptions())
        .Choice(
            "layout",
            o => o.Layout,
            (o, v) => o with { Layout = v },
            "the maze",
            ("umaze", PointMazeLayout.UMaze),
            ("medium", PointMazeLayout.Medium),
            ("large", PointMazeLayout.Large),
            ("open", PointMazeLayout.Open))
        .Flag("dense-reward", o => o.DenseReward, (o, v) => o with { DenseReward = v }, "exp(-distance to the goal) instead of 1 within half a unit of it")
        .Flag("goal-conditioned", o => o.GoalConditioned, (o, v) => o with { GoalConditioned = v }, "every episode has a goal of its own, which is observed, and ends there")
        .Flag("d4rl-offset", o => o.D4rlOffset, (o, v) => o with { D4rlOffset = v }, "positions are observed 0.2 lower along both axes");
}
