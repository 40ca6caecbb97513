using Proximal.Recipes;

namespace Proximal.Control.Environments.Navigation;

/// <summary>Settings of <see cref="MultiGoal"/>; the classic environment has 4 goals, an action cost of 1 and a goal radius of 0.1.</summary>
public sealed record MultiGoalOptions
{
    /// <summary>Goals on the circle.</summary>
    public int Goals { get; init; } = 4;

    /// <summary>Standard deviation of the noise on positions.</summary>
    public double Noise { get; init; }

    /// <summary>Scale of the cost of actions.</summary>
    public double ActionCost { get; init; } = 0.01;

    /// <summary>Distance from a goal within which an episode ends.</summary>
    public double GoalRadius { get; init; } = 1;

    /// <summary>Whether episodes begin exactly in the middle, to measure which goals a policy reaches.</summary>
    public bool StartInTheMiddle { get; init; }

    /// <summary>The options as a recipe gives them.</summary>
    public static OptionSchema<MultiGoalOptions> Schema { get; } = new OptionSchema<MultiGoalOptions>(() => new MultiGoalOptions())
        .Integer("goals", o => o.Goals, (o, v) => o with { Goals = v }, "goals on the circle", minimum: 1, maximum: 64)
        .Number("noise", o => o.Noise, (o, v) => o with { Noise = v }, "standard deviation of the noise on positions", minimum: 0, maximum: 7)
        .Number("action-cost", o => o.ActionCost, (o, v) => o with { ActionCost = v }, "scale of the cost of actions", minimum: 0)
        .Number("goal-radius", o => o.GoalRadius, (o, v) => o with { GoalRadius = v }, "distance from a goal within which an episode ends", minimum: 0.001, maximum: 4)
        .Flag("start-in-the-middle", o => o.StartInTheMiddle, (o, v) => o with { StartInTheMiddle = v }, "whether episodes begin exactly in the middle");
}
