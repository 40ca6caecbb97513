using Proximal.Recipes;

namespace Proximal.Regularizers;

/// <summary>Options of <see cref="AnchorDivergence"/>.</summary>
public sealed record AnchorDivergenceOptions
{
    /// <summary>β. The paper does not give it; 1e-3 is the order that its code base uses for penalties.</summary>
    public double Coefficient { get; init; } = 1e-3;

    /// <summary>λ of the first steps: the weight of the reference.</summary>
    public double Start { get; init; } = 1;

    /// <summary>Steps for which λ stays at its start.</summary>
    public int Delay { get; init; } = 50;

    /// <summary>What λ loses after each further <see cref="Every"/> steps.</summary>
    public double Decay { get; init; } = 0.1;

    /// <summary>Steps between two losses.</summary>
    public int Every { get; init; } = 10;

    /// <summary>What λ does not fall below.</summary>
    public double Floor { get; init; } = 0.5;

    /// <summary>Keys, ranges and documentation.</summary>
    public static OptionSchema<AnchorDivergenceOptions> Schema { get; } = new OptionSchema<AnchorDivergenceOptions>(() => new AnchorDivergenceOptions())
        .Number("coefficient", o => o.Coefficient, (o, v) => o with { Coefficient = v }, "β of the whole penalty.", 0, 1e6)
        .Number("start", o => o.Start, (o, v) => o with { Start = v }, "λ at first: the weight of the reference.", 0, 1)
        .Integer("delay", o => o.Delay, (o, v) => o with { Delay = v }, "Steps for which λ stays at its start.", 0, 100_000_000)
        .Number("decay", o => o.Decay, (o, v) => o with { Decay = v }, "What λ loses each time.", 0, 1)
        .Integer("every", o => o.Every, (o, v) => o with { Every = v }, "Steps between two losses.", 1, 100_000_000)
        .Number("floor", o => o.Floor, (o, v) => o with { Floor = v }, "What λ does not fall below.", 0, 1);
}
