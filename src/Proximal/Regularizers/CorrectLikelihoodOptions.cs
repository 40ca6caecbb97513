using Proximal.Recipes;

namespace Proximal.Regularizers;

/// <summary>Options of <see cref="CorrectLikelihood"/>.</summary>
public sealed record CorrectLikelihoodOptions
{
    /// <summary>α: weight of the term.</summary>
    public double Coefficient { get; init; } = 0.1;

    /// <summary>The verifier's score from which a response counts as correct.</summary>
    public double Threshold { get; init; } = 1;

    /// <summary>Keys, ranges and documentation.</summary>
    public static OptionSchema<CorrectLikelihoodOptions> Schema { get; } = new OptionSchema<CorrectLikelihoodOptions>(() => new CorrectLikelihoodOptions())
        .Number("coefficient", o => o.Coefficient, (o, v) => o with { Coefficient = v }, "α: weight of the term.", 0, 1e6)
        .Number("threshold", o => o.Threshold, (o, v) => o with { Threshold = v }, "The verifier's score from which a response counts as correct.", 0, 1);
}
