using Proximal.Recipes;

namespace Proximal.Ratios;

/// <summary>Options of <see cref="HierarchicalMask"/>.</summary>
public sealed record HierarchicalMaskOptions
{
    /// <summary>δ_seq: how far the geometric mean of a sequence may be from 1.</summary>
    public double Sequence { get; init; } = 0.02;

    /// <summary>δ_tok: how far a token may be from 1.</summary>
    public double Token { get; init; } = 0.5;

    /// <summary>Keys, ranges and documentation.</summary>
    public static OptionSchema<HierarchicalMaskOptions> Schema { get; } = new OptionSchema<HierarchicalMaskOptions>(() => new HierarchicalMaskOptions())
        .Number("sequence", o => o.Sequence, (o, v) => o with { Sequence = v }, "δ_seq: how far the geometric mean of a sequence may be from 1.", 1e-9, 1e12)
        .Number("token", o => o.Token, (o, v) => o with { Token = v }, "δ_tok: how far a token may be from 1.", 1e-9, 1e12);
}
