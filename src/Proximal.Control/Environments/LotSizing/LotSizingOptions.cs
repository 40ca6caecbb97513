using Proximal.Recipes;

namespace Proximal.Control.Environments.LotSizing;

/// <summary>Settings of <see cref="LotSizingEnvironment"/>.</summary>
public sealed record LotSizingOptions
{
    /// <summary>Number of items; 2 on 1 machine is the small instance that can be solved exactly.</summary>
    public int Items { get; init; } = 2;

    /// <summary>Number of machines.</summary>
    public int Machines { get; init; } = 1;

    /// <summary>Seed of the costs of larger instances.</summary>
    public int CostSeed { get; init; } = 1;

    /// <summary>Steps after which an episode is truncated.</summary>
    public int MaximumSteps { get; init; } = 100;

    /// <summary>Key, type and range of the values.</summary>
    public static OptionSchema<LotSizingOptions> Schema { get; } = new OptionSchema<LotSizingOptions>(() => new LotSizingOptions())
        .Integer("items", o => o.Items, (o, v) => o with { Items = v }, "number of items; 2 on 1 machine is the small instance that can be solved exactly", 1, 100)
        .Integer("machines", o => o.Machines, (o, v) => o with { Machines = v }, "number of machines", 1, 50)
        .Integer("cost-seed", o => o.CostSeed, (o, v) => o with { CostSeed = v }, "seed of the costs of larger instances", 0)
        .Integer("maximum-steps", o => o.MaximumSteps, (o, v) => o with { MaximumSteps = v }, "steps after which an episode is truncated", 1);

    internal LotSizingInstance CreateInstance() =>
        Items == 2 && Machines == 1 ? LotSizingInstance.Small : LotSizingInstance.Drawn(Items, Machines, (ulong)CostSeed);
}
