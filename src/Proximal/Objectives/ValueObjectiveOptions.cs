using Proximal.Recipes;

namespace Proximal.Objectives;

/// <summary>Options of <see cref="ValueObjective"/>.</summary>
public sealed record ValueObjectiveOptions
{
    /// <summary>ε_v: how far a value may move from the one at the start of the step; 0 for no clipping.</summary>
    public double Clip { get; init; } = 0.2;

    /// <summary>c_v: weight of the loss.</summary>
    public double Coefficient { get; init; } = 1;

    /// <summary>Keys, ranges and documentation.</summary>
    public static OptionSchema<ValueObjectiveOptions> Schema { get; } = new OptionSchema<ValueObjectiveOptions>(() => new ValueObjectiveOptions())
        .Number("clip", o => o.Clip, (o, v) => o with { Clip = v }, "ε_v: how far a value may move in one step; 0 for no clipping.", 0)
        .Number("coefficient", o => o.Coefficient, (o, v) => o with { Coefficient = v }, "c_v: weight of the loss.", 0);
}
