using Proximal.Recipes;
using Proximal.Rollouts;

namespace Proximal.Ratios;

/// <summary>Truncated importance sampling (TIS): <c>c = min(ρ, C)</c> with ρ of the token or the product over the sequence.</summary>
public sealed class TruncatedCorrection(TruncatedCorrectionOptions options) : ICorrection
{
    /// <summary>What recipes see.</summary>
    public static ComponentDefinition<ICorrection, TruncatedCorrectionOptions> Definition { get; } = new(
        new ComponentInfo(
            "truncated",
            Seam.Corrections,
            "Importance weights between trainer and sampler, capped.",
            "c_{i,t} = min(ρ, C),  ρ = π_old(y_{i,t}) / μ(y_{i,t}) or their product over the sequence",
            "Yao et al. 2025, Your Efficient RL Framework Secretly Brings You Off-Policy RL Training"),
        TruncatedCorrectionOptions.Schema,
        options => new TruncatedCorrection(options));

    /// <inheritdoc/>
    public ComponentInfo Info => Definition.Info;

    /// <summary><c>w ← min(w, C)</c>.</summary>
    public static void Apply(Span<float> weights, double cap)
    {
        foreach (ref float weight in weights)
        {
            weight = Math.Min(weight, (float)cap);
        }
    }

    /// <inheritdoc/>
    public void Compute(PathBatch batch, Span<float> weight)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ImportanceWeights.Compute(batch, options.Level, weight);
        Apply(weight, options.Cap);
        if (options.ForeignOnly)
        {
            KeepOwn(batch, weight);
        }

        ImportanceWeights.Normalize(batch, options.Normalization, weight);
    }

    private static void KeepOwn(PathBatch batch, Span<float> weight)
    {
        for (int path = 0; path < batch.PathCount; path++)
        {
            if (batch.Foreign[path] == 0)
            {
                batch.Mask[batch.Path(path)].CopyTo(weight[batch.Path(path)]);
            }
        }
    }
}
