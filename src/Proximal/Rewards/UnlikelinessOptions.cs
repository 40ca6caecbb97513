using Proximal.Recipes;

namespace Proximal.Rewards;

/// <summary>Options of <see cref="Unlikeliness"/>.</summary>
public sealed record UnlikelinessOptions
{
    /// <summary>β_rank: what the most likely response loses, nearly.</summary>
    public double Coefficient { get; init; } = 0.25;

    /// <summary>Whether log-probabilities are divided by the length of the response, as in the authors' code.</summary>
    public bool PerToken { get; init; } = true;

    /// <summary>Whether the factor is the paper's, one step of 1/G lower for every rank than that of the authors' code.</summary>
    public bool PaperForm { get; init; }

    /// <summary>Keys, ranges and documentation.</summary>
    public static OptionSchema<UnlikelinessOptions> Schema { get; } = new OptionSchema<UnlikelinessOptions>(() => new UnlikelinessOptions())
        .Number("coefficient", o => o.Coefficient, (o, v) => o with { Coefficient = v }, "β: what the most likely response of a group loses, nearly.", 0, 1)
        .Flag("per-token", o => o.PerToken, (o, v) => o with { PerToken = v }, "Rank by the mean log-probability of a token instead of that of the response.")
        .Flag("paper-form", o => o.PaperForm, (o, v) => o with { PaperForm = v }, "The factor of the paper, 1 - β (rank + 1)/G, instead of that of its code.");
}
