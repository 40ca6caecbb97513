using Proximal.Recipes;

namespace Proximal.Control.Environments.MinAtar;

/// <summary>Settings of the games.</summary>
public sealed record MinAtarOptions
{
    /// <summary>Which actions there are.</summary>
    public MinAtarActionSet Actions { get; init; }

    /// <summary>Probability that the last action is repeated in place of the chosen one.</summary>
    public double StickyActions { get; init; } = 0.1;

    /// <summary>Whether the game gets faster as it goes on.</summary>
    public bool DifficultyRamping { get; init; } = true;

    /// <summary>Frames after which an episode is truncated; 0 for no limit.</summary>
    public int MaximumSteps { get; init; } = 5000;

    /// <summary>The options as a recipe gives them.</summary>
    public static OptionSchema<MinAtarOptions> Schema { get; } = new OptionSchema<MinAtarOptions>(() => new MinAtarOptions())
        .Choice("actions", o => o.Actions, (o, v) => o with { Actions = v }, "all six, the minimal set of the game, or all six with a mask", ("all", MinAtarActionSet.All), ("minimal", MinAtarActionSet.Minimal), ("masked", MinAtarActionSet.Masked))
        .Number("sticky-actions", o => o.StickyActions, (o, v) => o with { StickyActions = v }, "probability that the last action is repeated", minimum: 0, maximum: 1)
        .Flag("difficulty-ramping", o => o.DifficultyRamping, (o, v) => o with { DifficultyRamping = v }, "whether the game gets faster as it goes on")
        .Integer("maximum-steps", o => o.MaximumSteps, (o, v) => o with { MaximumSteps = v }, "frames after which an episode is truncated, 0 for no limit", minimum: 0)
        .Rule(o => Enum.IsDefined(o.Actions) ? null : $"'actions' is {(int)o.Actions}, expected all, minimal or masked");
}
