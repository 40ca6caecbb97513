using Proximal.Recipes;
using Proximal.Rollouts;

namespace Proximal.Regularizers;

/// <summary>
/// Klear-Reasoner's language-model loss on the correct rollouts Φ of a minibatch, <c>-α Σ_{j∈Φ} Σ_t log π_θ / Σ_{j∈Φ} L_j</c>, whatever the aggregation;
/// 0 where none is correct. The report prints π in place of log π; the logarithm is what a likelihood term must have.
/// </summary>
public sealed class CorrectLikelihood(CorrectLikelihoodOptions options) : IRegularizer, IPrepares
{
    private long correctTokens;

    /// <summary>What recipes see.</summary>
    public static ComponentDefinition<IRegularizer, CorrectLikelihoodOptions> Definition { get; } = new(
        new ComponentInfo(
            "correct-likelihood",
            Seam.Regularizers,
            "Supervised loss on the correct rollouts of the minibatch.",
            "Σ a_{i,t} p_{i,t} = -α Σ_{j∈Φ} Σ_t log π_θ(y_{j,t}) / Σ_{j∈Φ} L_j,  Φ = {j: score_j ≥ threshold}",
            "Su et al. 2025, Klear-Reasoner, arXiv:2508.07629")
        {
            Mechanism =
                "Correct responses of the policy itself are imitated next to the policy gradient. The term does not fade when a group is solved and its " +
                "advantages are 0, so it anchors the policy to what already works; its mean runs over the tokens of correct responses alone.",
        },
        CorrectLikelihoodOptions.Schema,
        options => new CorrectLikelihood(options));

    /// <inheritdoc/>
    public ComponentInfo Info => Definition.Info;

    /// <inheritdoc/>
    public string Metric => "correct-likelihood";

    /// <inheritdoc/>
    public void Prepare(PathBatch minibatch, ReadOnlySpan<float> ratio)
    {
        ArgumentNullException.ThrowIfNull(minibatch);
        correctTokens = 0;
        for (int path = 0; path < minibatch.PathCount; path++)
        {
            correctTokens += IsCorrect(minibatch, path) ? Columns.Count(minibatch.Mask[minibatch.Path(path)]) : 0;
        }
    }

    /// <inheritdoc/>
    public double Apply(PathBatch batch, Penalty penalty)
    {
        ArgumentNullException.ThrowIfNull(batch);
        double total = 0;
        ReadOnlySpan<float> current = batch.Current, mask = batch.Mask;
        for (int path = 0; path < batch.PathCount; path++)
        {
            if (!IsCorrect(batch, path))
            {
                continue;
            }

            for (int t = batch.PathOffsets[path]; t < batch.PathOffsets[path + 1]; t++)
            {
                if (mask[t] != 0)
                {
                    float weight = (float)options.Coefficient * penalty.Scale(t, correctTokens);
                    penalty.Loss[t] -= weight * current[t];
                    penalty.CurrentGradient[t] -= weight;
                    total += current[t];
                }
            }
        }

        return total;
    }

    private bool IsCorrect(PathBatch batch, int path) => batch.Scores[path] >= options.Threshold;
}
