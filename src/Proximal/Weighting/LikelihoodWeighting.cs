using Proximal.Recipes;

namespace Proximal.Weighting;

/// <summary>Dynamic fine-tuning: every token is weighted by its own probability under the model, <c>w_t = sg(π_θ(y_t))</c>.</summary>
public sealed class LikelihoodWeighting : ITokenWeighting
{
    /// <summary>What recipes see.</summary>
    public static ComponentDefinition<ITokenWeighting, NoOptions> Definition { get; } = new(
        new ComponentInfo(
            "dft",
            Seam.Weighting,
            "Weighs a token by its probability under the learner.",
            "w_t = sg(π_θ(y_t | y_{<t}))",
            "Wu et al. 2025, On the Generalization of SFT: A Reinforcement Learning Perspective with Reward Rectification, arXiv:2508.05629")
        {
            Mechanism = "Read as a policy gradient, supervised learning rewards a demonstrated token by 1/π: the less probable, the more. Multiplying by π takes that factor away, "
                + "so that a token which the model finds absurd no longer dominates the gradient.",
        },
        NoOptions.Schema,
        _ => new LikelihoodWeighting());

    /// <inheritdoc/>
    public ComponentInfo Info => Definition.Info;

    /// <inheritdoc/>
    public bool NeedsTeacher => false;

    /// <inheritdoc/>
    public void Weigh(ScoredDemonstration demonstration, Span<float> weights)
    {
        for (int t = 0; t < weights.Length; t++)
        {
            weights[t] = (float)Math.Exp(demonstration.Current[t]);
        }
    }
}
