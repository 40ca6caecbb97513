using Proximal.Recipes;

namespace Proximal.Control.Environments.Combinatorial;

/// <summary>How prizes are drawn.</summary>
public enum OrienteeringPrize
{
    /// <summary>1 everywhere.</summary>
    Constant,

    /// <summary>U{1..100} / 100.</summary>
    Uniform,

    /// <summary>The further from the depot the more: (1 + floor(99 d / largest d)) / 100.</summary>
    Distance,
}

/// <summary>Settings of <see cref="Orienteering"/>.</summary>
public sealed record OrienteeringOptions
{
    /// <summary>Number of places with a prize.</summary>
    public int Places { get; init; } = 20;

    /// <summary>The most length of the tour; 0 for 2 with up to 20 places, 3 with up to 50, 4 with more.</summary>
    public double Budget { get; init; }

    /// <summary>How prizes are drawn.</summary>
    public OrienteeringPrize Prize { get; init; } = OrienteeringPrize.Distance;

    /// <summary>Key, type and range of the values.</summary>
    public static OptionSchema<OrienteeringOptions> Schema { get; } = new OptionSchema<OrienteeringOptions>(() => new OrienteeringOptions())
        .Integer("places", o => o.Places, (o, v) => o with { Places = v }, "number of places with a prize", 1, Distances.MostNodes - 1)
        .Number("budget", o => o.Budget, (o, v) => o with { Budget = v }, "the most length of the tour; 0 for the usual one of the size", 0, 1000)
        .Choice("prize", o => o.Prize, (o, v) => o with { Prize = v }, "how prizes are drawn", ("constant", OrienteeringPrize.Constant), ("uniform", OrienteeringPrize.Uniform), ("distance", OrienteeringPrize.Distance));

    internal double ActualBudget => Budget > 0 ? Budget : Places <= 20 ? 2 : Places <= 50 ? 3 : 4;
}
