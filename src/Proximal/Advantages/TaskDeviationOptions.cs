using Proximal.Recipes;

namespace Proximal.Advantages;

/// <summary>Options of <see cref="TaskDeviationAdvantage"/>.</summary>
public sealed record TaskDeviationOptions
{
    /// <summary>a: share of the old value in each update of a task's deviation; the paper does not give it.</summary>
    public double Decay { get; init; } = 0.9;

    /// <summary>ε added to the deviation.</summary>
    public double Epsilon { get; init; } = 1e-6;

    /// <summary>Keys, ranges and documentation.</summary>
    public static OptionSchema<TaskDeviationOptions> Schema { get; } = new OptionSchema<TaskDeviationOptions>(() => new TaskDeviationOptions())
        .Number("decay", o => o.Decay, (o, v) => o with { Decay = v }, "a: share of the old value in each update of a task's deviation.", 0, 1)
        .Number("epsilon", o => o.Epsilon, (o, v) => o with { Epsilon = v }, "ε added to the deviation.", 0, 1);
}
