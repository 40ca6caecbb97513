using Proximal.Recipes;

namespace Proximal.Clipping;

/// <summary>Options of <see cref="MiniRlClipping"/>.</summary>
public sealed record MiniRlOptions
{
    /// <summary>ε_low: below 1 - ε_low a token with a negative advantage has no gradient.</summary>
    public double Low { get; init; } = 0.2;

    /// <summary>ε_high: above 1 + ε_high a token with a positive advantage has no gradient.</summary>
    public double High { get; init; } = 0.27;

    /// <summary>C: the largest importance weight.</summary>
    public double Cap { get; init; } = 5;

    /// <summary>Whether the mask is applied; false is the ablation without clipping.</summary>
    public bool Clip { get; init; } = true;

    /// <summary>Whether tokens are weighted by π_θ/μ; false is the ablation without importance sampling.</summary>
    public bool ImportanceWeight { get; init; } = true;

    /// <summary>Keys, ranges and documentation.</summary>
    public static OptionSchema<MiniRlOptions> Schema { get; } = new OptionSchema<MiniRlOptions>(() => new MiniRlOptions())
        .Number("low", o => o.Low, (o, v) => o with { Low = v }, "ε_low: below 1 - ε_low a token with a negative advantage has no gradient.", 0, 1)
        .Number("high", o => o.High, (o, v) => o with { High = v }, "ε_high: above 1 + ε_high a token with a positive advantage has no gradient.", 0, 1e6)
        .Number("cap", o => o.Cap, (o, v) => o with { Cap = v }, "C: the largest importance weight.", 0, 1e6)
        .Flag("clip", o => o.Clip, (o, v) => o with { Clip = v }, "Whether the mask is applied; false is the ablation without clipping.")
        .Flag("importance-weight", o => o.ImportanceWeight, (o, v) => o with { ImportanceWeight = v }, "Whether tokens are weighted by π_θ/μ; false is the ablation without importance sampling.");
}
