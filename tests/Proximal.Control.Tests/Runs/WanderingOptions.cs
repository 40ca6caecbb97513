using Proximal.Recipes;

namespace Proximal.Control.Tests.Runs;

/// <summary>Options of <see cref="WanderingLearner"/>.</summary>
internal sealed record WanderingOptions
{
    public double Rate { get; init; } = 0.5;

    /// <summary>Steps after which a loss is not finite.</summary>
    public int FailsAfter { get; init; } = int.MaxValue;

    public static OptionSchema<WanderingOptions> Schema { get; } = new OptionSchema<WanderingOptions>(() => new WanderingOptions())
        .Number("rate", o => o.Rate, (o, v) => o with { Rate = v }, "Size of a step of the walk.", 0, 10)
        .Integer("fails-after", o => o.FailsAfter, (o, v) => o with { FailsAfter = v }, "Steps after which a loss is not finite.", 0);
}
