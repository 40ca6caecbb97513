using Proximal.Recipes;

namespace Proximal.Control.Environments.ToyText;

/// <summary>Settings of <see cref="Taxi"/>; the defaults are Taxi-v3.</summary>
public sealed record TaxiOptions
{
    /// <summary>Whether the taxi slides: it goes where it wants with probability 0.8, and to either side of its heading with 0.1 each. A move
    /// that a wall or the border blocks slides nowhere.</summary>
    public bool Rainy { get; init; }

    /// <summary>Whether three passengers in ten choose another destination at the first move after they were picked up for the first time. The
    /// transition table does not know of it.</summary>
    public bool Fickle { get; init; }

    /// <summary>The options as a recipe gives them.</summary>
    public static OptionSchema<TaxiOptions> Schema { get; } = new OptionSchema<TaxiOptions>(() => new TaxiOptions())
        .Flag("rainy", o => o.Rainy, (o, v) => o with { Rainy = v }, "whether the taxi slides to the sides of its heading")
        .Flag("fickle", o => o.Fickle, (o, v) => o with { Fickle = v }, "whether passengers may change their destination once");
}
