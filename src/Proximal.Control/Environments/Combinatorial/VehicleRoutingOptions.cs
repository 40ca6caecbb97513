using Proximal.Recipes;

namespace Proximal.Control.Environments.Combinatorial;

/// <summary>Settings of <see cref="VehicleRouting"/>.</summary>
public sealed record VehicleRoutingOptions
{
    /// <summary>Number of customers.</summary>
    public int Customers { get; init; } = 20;

    /// <summary>The most that the vehicle carries; 0 for 30 with up to 20 customers, 40 with up to 50, 50 with more.</summary>
    public int Capacity { get; init; }

    /// <summary>Key, type and range of the values.</summary>
    public static OptionSchema<VehicleRoutingOptions> Schema { get; } = new OptionSchema<VehicleRoutingOptions>(() => new VehicleRoutingOptions())
        .Integer("customers", o => o.Customers, (o, v) => o with { Customers = v }, "number of customers", 1, Distances.MostNodes - 1)
        .Integer("capacity", o => o.Capacity, (o, v) => o with { Capacity = v }, "the most that the vehicle carries; 0 for the usual one of the size", 0, 1_000_000);

    internal int ActualCapacity => Capacity > 0 ? Capacity : Customers <= 20 ? 30 : Customers <= 50 ? 40 : 50;
}
