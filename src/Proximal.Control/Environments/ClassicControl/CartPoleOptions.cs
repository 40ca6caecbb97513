using Proximal.Recipes;

namespace Proximal.Control.Environments.ClassicControl;

/// <summary>Settings of <see cref="CartPole"/>; the defaults are CartPole-v1.</summary>
public sealed record CartPoleOptions
{
    /// <summary>Steps after which an episode is truncated; 200 is CartPole-v0.</summary>
    public int MaximumSteps { get; init; } = 500;

    /// <summary>Whether the reward is 0 a step and -1 at the end, as Sutton and Barto have it, instead of 1 a step.</summary>
    public bool SuttonBartoReward { get; init; }

    /// <summary>The force of a push in N; below 0 the actions push the other way.</summary>
    public double Force { get; init; } = 10;

    /// <summary>The options as a recipe gives them.</summary>
    public static OptionSchema<CartPoleOptions> Schema { get; } = new OptionSchema<CartPoleOptions>(() => new CartPoleOptions())
        .Integer("maximum-steps", o => o.MaximumSteps, (o, v) => o with { MaximumSteps = v }, "steps after which an episode is truncated", minimum: 1)
        .Flag("sutton-barto-reward", o => o.SuttonBartoReward, (o, v) => o with { SuttonBartoReward = v }, "0 a step and -1 at the end instead of 1 a step")
        .Number("force", o => o.Force, (o, v) => o with { Force = v }, "force of a push in N; below 0 the actions push the other way", minimum: -1000, maximum: 1000);
}
