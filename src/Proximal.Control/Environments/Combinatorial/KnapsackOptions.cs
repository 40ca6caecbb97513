using Proximal.Recipes;

namespace Proximal.Control.Environments.Combinatorial;

/// <summary>Settings of <see cref="Knapsack"/>.</summary>
public sealed record KnapsackOptions
{
    /// <summary>Number of items.</summary>
    public int Items { get; init; } = 50;

    /// <summary>The most weight, 1 or more; 0 for 12.5 with up to 50 items, 25 with more.</summary>
    public double Capacity { get; init; }

    /// <summary>Key, type and range of the values.</summary>
    public static OptionSchema<KnapsackOptions> Schema { get; } = new OptionSchema<KnapsackOptions>(() => new KnapsackOptions())
        .Integer("items", o => o.Items, (o, v) => o with { Items = v }, "number of items", 1, 2000)
        .Number("capacity", o => o.Capacity, (o, v) => o with { Capacity = v }, "the most weight, 1 or more; 0 for the usual one of the size", 0, 10_000);

    internal double ActualCapacity => Capacity > 0 ? Capacity : Items <= 50 ? 12.5 : 25;
}
