using Proximal.Recipes;

namespace Proximal.Aggregation;

/// <summary>Options of <see cref="ConstantLengthAggregation"/>.</summary>
public sealed record ConstantLengthOptions
{
    /// <summary>S; 0 stands for the response budget of the batch, L_max.</summary>
    public double Scale { get; init; }

    /// <summary>Whether the sum is divided by the number of sequences as well, as in the paper; verl does not.</summary>
    public bool PerSequence { get; init; } = true;

    /// <summary>Keys, ranges and documentation.</summary>
    public static OptionSchema<ConstantLengthOptions> Schema { get; } = new OptionSchema<ConstantLengthOptions>(() => new ConstantLengthOptions())
        .Number("scale", o => o.Scale, (o, v) => o with { Scale = v }, "S; 0 stands for the response budget L_max.", 0, 1e12)
        .Flag("per-sequence", o => o.PerSequence, (o, v) => o with { PerSequence = v }, "Divide by the number of sequences as well.");
}
