using Proximal.Recipes;

namespace Proximal.Regularizers;

/// <summary>Options of <see cref="LikelihoodDisplacement"/>.</summary>
public sealed record LikelihoodDisplacementOptions
{
    /// <summary>λ: weight of the penalty; 0 only measures.</summary>
    public double Coefficient { get; init; } = 0.1;

    /// <summary>λ_ans: weight on tokens of the answer turn, never more than λ; 0 is the variant MA, which leaves the answer out.</summary>
    public double AnswerCoefficient { get; init; } = 1;

    /// <summary>Whether λ_ans is multiplied by how many look-ups beyond the first a response makes on average.</summary>
    public bool Adaptive { get; init; }

    /// <summary>Over what the likelihood must have fallen.</summary>
    public LikelihoodGate Gate { get; init; } = LikelihoodGate.Response;

    /// <summary>The verifier's score from which the metrics count a response as correct.</summary>
    public double Threshold { get; init; } = 1;

    /// <summary>Keys, ranges and documentation.</summary>
    public static OptionSchema<LikelihoodDisplacementOptions> Schema { get; } = new OptionSchema<LikelihoodDisplacementOptions>(() => new LikelihoodDisplacementOptions())
        .Number("coefficient", o => o.Coefficient, (o, v) => o with { Coefficient = v }, "λ: weight of the penalty; 0 only measures.", 0, 1e6)
        .Number("answer-coefficient", o => o.AnswerCoefficient, (o, v) => o with { AnswerCoefficient = v }, "λ_ans: weight on tokens of the answer turn, never more than λ.", 0, 1e6)
        .Flag("adaptive", o => o.Adaptive, (o, v) => o with { Adaptive = v }, "Multiply λ_ans by max(mean number of look-ups - 1, 0).")
        .Choice(
            "gate",
            o => o.Gate,
            (o, v) => o with { Gate = v },
            "Over what the likelihood must have fallen: the response, or each run of policy tokens.",
            ("response", LikelihoodGate.Response),
            ("chunk", LikelihoodGate.Chunk))
        .Number("threshold", o => o.Threshold, (o, v) => o with { Threshold = v }, "The verifier's score from which the metrics count a response as correct.", 0, 1);
}
