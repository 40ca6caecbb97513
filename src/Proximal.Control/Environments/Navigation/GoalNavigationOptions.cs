using Proximal.Recipes;

namespace Proximal.Control.Environments.Navigation;

/// <summary>Settings of <see cref="GoalNavigation"/>: which task of the family it is.</summary>
public sealed record GoalNavigationOptions
{
    /// <summary>Where the goal is, from left to right.</summary>
    public double GoalX { get; init; } = 0.5;

    /// <summary>Where the goal is, from below upwards.</summary>
    public double GoalY { get; init; } = 0.5;

    /// <summary>Steps of an episode.</summary>
    public int MaximumSteps { get; init; } = 20;

    /// <summary>The options as a recipe gives them.</summary>
    public static OptionSchema<GoalNavigationOptions> Schema { get; } = new OptionSchema<GoalNavigationOptions>(() => new GoalNavigationOptions())
        .Number("goal-x", o => o.GoalX, (o, v) => o with { GoalX = v }, "where the goal is, from left to right", minimum: -1, maximum: 1)
        .Number("goal-y", o => o.GoalY, (o, v) => o with { GoalY = v }, "where the goal is, from below upwards", minimum: -1, maximum: 1)
        .Integer("maximum-steps", o => o.MaximumSteps, (o, v) => o with { MaximumSteps = v }, "steps of an episode", minimum: 1, maximum: 100_000);
}
