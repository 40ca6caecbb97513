using Proximal.Ratios;
using Proximal.Recipes;
using Proximal.Rollouts;

namespace Proximal.Selection;

/// <summary>
/// The filter of F-TIS: of the rollouts that other models generated, those of negative advantage that are far from the policy are dropped, mask and all.
/// <c>f_i = 1{A_i &gt; 0 or K_i &lt; γ}</c> with <c>K_i = Σ_t ( e^{q_t} - 1 - q_t )</c> and <c>q = log π_old - log π_gen</c>; own rollouts are always kept.
/// </summary>
/// <remarks>
/// The paper's threshold is on a KL divergence without saying how it is estimated. Here it is the k3 estimate summed over the tokens of the rollout; as they
/// come from the generator, it estimates KL(π_gen || π_old).
/// </remarks>
public sealed class ForeignFilter(ForeignFilterOptions options) : ISelection, IMetricSource
{
    private int foreign;
    private int kept;
    private double divergence;

    /// <summary>What recipes see.</summary>
    public static ComponentDefinition<ISelection, ForeignFilterOptions> Definition { get; } = new(
        new ComponentInfo(
            "foreign-filter",
            Seam.Selection,
            "Drops rollouts of other models that are both wrong and far from the policy.",
            "m_{i,t} = 0 where i is foreign, A_i ≤ 0 and K_i ≥ γ,  K_i = Σ_t ( e^{q_{i,t}} - 1 - q_{i,t} ),  q = log π_old - log π_gen",
            "F-TIS: Harnessing Diverse Models in Collaborative GRPO")
        {
            Mechanism = "A good answer of another model is worth learning however unlikely it was, but pushing down a bad one that the policy would hardly ever write only adds noise: its gradient moves probability that is not there. So a foreign rollout counts when its advantage is positive, or when the policy could have written it, which the estimated divergence from its generator tells. What is dropped leaves the denominators too; the policy's own rollouts are never dropped.",
        },
        ForeignFilterOptions.Schema,
        options => new ForeignFilter(options));

    /// <inheritdoc/>
    public ComponentInfo Info => Definition.Info;

    /// <inheritdoc/>
    public IEnumerable<(string Name, double Value)> Metrics => foreign == 0
        ? []
        : [("foreign/kept", (double)kept / foreign), ("foreign/divergence", divergence / foreign)];

    /// <summary>Whether a foreign rollout is learned from.</summary>
    /// <param name="advantage">A: its advantage.</param>
    /// <param name="divergence">K: how far its generator is from the policy, in nats.</param>
    /// <param name="threshold">γ.</param>
    public static bool Keep(double advantage, double divergence, double threshold) => advantage > 0 || divergence < threshold;

    /// <inheritdoc/>
    public void Select(PathBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        (foreign, kept, divergence) = (0, 0, 0);
        for (int path = 0; path < batch.PathCount; path++)
        {
            if (batch.Foreign[path] == 0)
            {
                continue;
            }

            Range tokens = batch.Path(path);
            double distance = DivergenceRejection.Sum(batch.Old[tokens], batch.Behaviour[tokens], batch.Mask[tokens], RejectionStatistic.K3);
            bool keep = Keep(MaskedSum(batch.Advantage[tokens], batch.Mask[tokens]), distance, options.Threshold);
            foreign++;
            kept += keep ? 1 : 0;
            divergence += distance;
            if (!keep)
            {
                batch.Mask[tokens].Clear();
                batch.Weight[tokens].Clear();
            }
        }
    }

    /// <summary>Where tokens have advantages of their own, their sum has the sign that counts.</summary>
    private static double MaskedSum(ReadOnlySpan<float> advantage, ReadOnlySpan<float> mask)
    {
        double sum = 0;
        for (int t = 0; t < advantage.Length; t++)
        {
            sum += mask[t] * advantage[t];
        }

        return sum;
    }
}
