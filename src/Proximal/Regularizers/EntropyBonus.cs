using Proximal.Recipes;
using Proximal.Rollouts;

namespace Proximal.Regularizers;

/// <summary>A bonus <c>-c_e H(π_θ)</c> on the entropy of each token's distribution. Mnih et al. 2016.</summary>
public sealed class EntropyBonus(EntropyBonusOptions options) : IRegularizer
{
    /// <summary>What recipes see.</summary>
    public static ComponentDefinition<IRegularizer, EntropyBonusOptions> Definition { get; } = new(
        new ComponentInfo("entropy", Seam.Regularizers, "Bonus on the entropy of the policy.", "p_{i,t} = -c_e H(π_θ(·|y_{i,<t}))", "Mnih et al. 2016, A3C, arXiv:1602.01783"),
        EntropyBonusOptions.Schema,
        options => new EntropyBonus(options));

    /// <inheritdoc/>
    public ComponentInfo Info => Definition.Info;

    /// <inheritdoc/>
    public string Metric => "entropy-bonus";

    /// <summary>Adds the bonus of any run of tokens and its derivative with respect to the entropy.</summary>
    /// <param name="entropy">H, in nats. [tokens]</param>
    /// <param name="mask">1 on policy tokens. [tokens]</param>
    /// <param name="coefficient">c_e.</param>
    /// <param name="penalty">Receives the sums.</param>
    /// <returns>The sum of H over the tokens with mask 1.</returns>
    public static double Add(ReadOnlySpan<float> entropy, ReadOnlySpan<float> mask, double coefficient, Penalty penalty)
    {
        double total = 0;
        for (int t = 0; t < mask.Length; t++)
        {
            if (mask[t] != 0)
            {
                penalty.Loss[t] -= (float)(coefficient * entropy[t]);
                penalty.EntropyGradient[t] -= (float)coefficient;
                total += entropy[t];
            }
        }

        return total;
    }

    /// <inheritdoc/>
    public double Apply(PathBatch batch, Penalty penalty)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return Add(batch.Entropy, batch.Mask, options.Coefficient, penalty);
    }
}
