using Proximal.Recipes;

namespace Proximal.Control.Environments.ToyText;

/// <summary>Settings of <see cref="CliffWalking"/>.</summary>
public sealed record CliffWalkingOptions
{
    /// <summary>Whether the agent slips: it goes where it wants or to one of the two sides with equal probability.</summary>
    public bool Slippery { get; init; }

    /// <summary>Steps after which an episode is truncated; 0 for no limit, as in Gymnasium.</summary>
    public int MaximumSteps { get; init; } = 500;

    /// <summary>The options as a recipe gives them.</summary>
    public static OptionSchema<CliffWalkingOptions> Schema { get; } = new OptionSchema<CliffWalkingOptions>(() => new CliffWalkingOptions())
        .Flag("slippery", o => o.Slippery, (o, v) => o with { Slippery = v }, "whether the agent slips to the sides")
        .Integer("maximum-steps", o => o.MaximumSteps, (o, v) => o with { MaximumSteps = v }, "steps after which an episode is truncated; no limit if 0", minimum: 0);
}
