using Proximal.Recipes;

namespace Proximal.Rewards;

/// <summary>Options of <see cref="CounterReward"/>.</summary>
public sealed record CounterOptions
{
    /// <summary>Name of the counter: what the metric <c>episode/NAME</c> shows.</summary>
    public string Counter { get; init; } = "errors";

    /// <summary>Keys, ranges and documentation.</summary>
    public static OptionSchema<CounterOptions> Schema { get; } = new OptionSchema<CounterOptions>(() => new CounterOptions())
        .Text("counter", o => o.Counter, (o, v) => o with { Counter = v }, "Name of the counter: what the metric episode/NAME shows.");
}
