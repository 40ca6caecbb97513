using Proximal.Recipes;

namespace Proximal.Weighting;

/// <summary>
/// Weights on the tokens of a demonstration: supervised learning then minimizes <c>-Σ sg(w_t) log π_θ(y_t) / #tokens</c>. Weights are constants of
/// the loss: no gradient flows through them. Implementations are safe for concurrent use.
/// </summary>
public interface ITokenWeighting : IComponent
{
    /// <summary>Whether <see cref="ScoredDemonstration.Teacher"/> must be there: the demonstrations come from a model whose probabilities are known.</summary>
    bool NeedsTeacher { get; }

    /// <summary>The weights of one demonstration.</summary>
    /// <param name="demonstration">What is known of its tokens.</param>
    /// <param name="weights">Receives w. [tokens of the response]</param>
    void Weigh(ScoredDemonstration demonstration, Span<float> weights);
}
