using Proximal.Recipes;

namespace Proximal.Clipping;

/// <summary>Options of <see cref="NegativeAwareFineTuning"/>.</summary>
public sealed record NegativeAwareOptions
{
    /// <summary>ω: the weight of a prompt.</summary>
    public PromptWeight PromptWeight { get; init; } = PromptWeight.FailureRate;

    /// <summary>w_neg: weight of wrong responses; 0 is rejection fine-tuning.</summary>
    public double NegativeWeight { get; init; } = 1;

    /// <summary>ε: the implicit likelihood ratio of wrong responses is at least this in value.</summary>
    public double Epsilon { get; init; } = 1;

    /// <summary>Whether the ratio is that of the whole response.</summary>
    public bool Sequence { get; init; }

    /// <summary>The verifier's score from which a response counts as correct.</summary>
    public double Threshold { get; init; } = 1;

    /// <summary>Keys, ranges and documentation.</summary>
    public static OptionSchema<NegativeAwareOptions> Schema { get; } = new OptionSchema<NegativeAwareOptions>(() => new NegativeAwareOptions())
        .Choice(
            "prompt-weight",
            o => o.PromptWeight,
            (o, v) => o with { PromptWeight = v },
            "ω: 1, 1 - p (on policy the gradient of Dr. GRPO) or √((1 - p) / p) (that of GRPO).",
            ("uniform", PromptWeight.Uniform),
            ("failure-rate", PromptWeight.FailureRate),
            ("odds", PromptWeight.Odds))
        .Number("negative-weight", o => o.NegativeWeight, (o, v) => o with { NegativeWeight = v }, "w_neg: weight of wrong responses; 0 is rejection fine-tuning.", 0, 1e3)
        .Number("epsilon", o => o.Epsilon, (o, v) => o with { Epsilon = v }, "ε: smallest value of the implicit likelihood ratio of wrong responses.", 1e-6, 1e3)
        .Flag("sequence", o => o.Sequence, (o, v) => o with { Sequence = v }, "Take the ratio of the whole response in place of token ratios.")
        .Number("threshold", o => o.Threshold, (o, v) => o with { Threshold = v }, "The verifier's score from which a response counts as correct.", 0, 1);
}
