using Proximal.Recipes;

namespace Proximal.Control.Environments.Combinatorial;

/// <summary>Settings of <see cref="TravelingSalesman"/>.</summary>
public sealed record TravelingSalesmanOptions
{
    /// <summary>Number of nodes.</summary>
    public int Nodes { get; init; } = 20;

    /// <summary>Whether distances are drawn for both directions instead of measured between points.</summary>
    public bool Asymmetric { get; init; }

    /// <summary>Key, type and range of the values.</summary>
    public static OptionSchema<TravelingSalesmanOptions> Schema { get; } = new OptionSchema<TravelingSalesmanOptions>(() => new TravelingSalesmanOptions())
        .Integer("nodes", o => o.Nodes, (o, v) => o with { Nodes = v }, "number of nodes", 2, Distances.MostNodes)
        .Flag("asymmetric", o => o.Asymmetric, (o, v) => o with { Asymmetric = v }, "whether distances are drawn for both directions instead of measured between points");
}
