using Proximal.Recipes;
using Proximal.Regularizers;
using Proximal.Rollouts;

namespace Proximal.Rewards;

/// <summary>
/// The KL penalty inside the reward, <c>r_t ← r_t - β k(log π_old - log π_ref)</c> on every policy token. An adaptive β moves after each batch by the
/// mean over sequences of their mean estimate.
/// </summary>
public sealed class KlReward(KlRewardOptions options) : IRewardShaping, IRequires, IStateful
{
    private readonly KlController controller = new(options.Coefficient, options.Adaptive, options.Target, options.Horizon);

    /// <summary>What recipes see.</summary>
    public static ComponentDefinition<IRewardShaping, KlRewardOptions> Definition { get; } = new(
        new ComponentInfo(
            "kl",
            Seam.Shaping,
            "Subtracts the divergence from the reference from the token rewards.",
            "r_{i,t} ← r_{i,t} - β k(log π_old - log π_ref)",
            "Ziegler et al. 2019, Fine-Tuning Language Models from Human Preferences, arXiv:1909.08593"),
        KlRewardOptions.Schema,
        options => new KlReward(options));

    /// <inheritdoc/>
    public ComponentInfo Info => Definition.Info;

    /// <inheritdoc/>
    public Requirements Requirements => Requirements.Reference;

    /// <summary>β as it stands.</summary>
    public double Coefficient => controller.Coefficient;

    /// <inheritdoc/>
    public void Shape(PathBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        Columns.RequireFinite(this, batch, batch.Old, "old log-probability");
        Columns.RequireFinite(this, batch, batch.Reference, "reference log-probability");
        ReadOnlySpan<float> mask = batch.Mask, old = batch.Old, reference = batch.Reference;
        Span<float> reward = batch.TokenReward;
        double means = 0, beta = controller.Coefficient;
        int sequences = 0;
        for (int path = 0; path < batch.PathCount; path++)
        {
            double sum = 0;
            int tokens = 0;
            for (int t = batch.PathOffsets[path]; t < batch.PathOffsets[path + 1]; t++)
            {
                if (mask[t] != 0)
                {
                    double value = KlDivergence.Token(options.Estimator, old[t], reference[t]).Value;
                    reward[t] -= (float)(beta * value);
                    sum += value;
                    tokens++;
                }
            }

            batch.Rewards[path] -= (float)(beta * sum);
            means += tokens == 0 ? 0 : sum / tokens;
            sequences += tokens == 0 ? 0 : 1;
        }

        if (sequences > 0)
        {
            controller.Update(means / sequences, sequences);
        }
    }

    /// <inheritdoc/>
    public void Save(IDictionary<string, double[]> state) => controller.Save(state);

    /// <inheritdoc/>
    public void Load(IReadOnlyDictionary<string, double[]> state) => controller.Load(state);
}
