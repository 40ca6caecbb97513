using Proximal.Recipes;
using Proximal.Rollouts;

namespace Proximal.Clipping;

/// <summary>
/// KL-Cov: <c>ℓ = -A r + β |log π_θ - log π_old|</c> on the <c>max(1, ⌊kN⌋)</c> tokens of largest covariance between log-probability and advantage,
/// <c>-A r</c> elsewhere. Where the policies are equal, the subgradient of the penalty is 0.
/// </summary>
public sealed class CovariancePenalty(CovariancePenaltyOptions options) : IClipping
{
    private float[] covariance = [];
    private float[] sorted = [];

    /// <summary>What recipes see.</summary>
    public static ComponentDefinition<IClipping, CovariancePenaltyOptions> Definition { get; } = new(
        new ComponentInfo(
            "kl-cov",
            Seam.Clipping,
            "Importance-weighted surrogate with a penalty on the tokens of highest covariance between log-probability and advantage.",
            "ℓ_{i,t} = -A r + β |log π_θ - log π_old| 1{(log π_θ - mean)(A - mean) among the top max(1, ⌊kN⌋)}",
            "Cui et al. 2025, The Entropy Mechanism of RL for Reasoning LMs, arXiv:2505.22617"),
        CovariancePenaltyOptions.Schema,
        options => new CovariancePenalty(options));

    /// <inheritdoc/>
    public ComponentInfo Info => Definition.Info;

    /// <summary>The surrogate of any run of tokens; tokens with mask 0 are left alone.</summary>
    /// <param name="ratio">r. [tokens]</param>
    /// <param name="advantage">A. [tokens]</param>
    /// <param name="current">log π_θ. [tokens]</param>
    /// <param name="old">log π_old. [tokens]</param>
    /// <param name="mask">1 on policy tokens. [tokens]</param>
    /// <param name="options">k and β.</param>
    /// <param name="covariance">Scratch that receives the covariances. [tokens]</param>
    /// <param name="sorted">Scratch. [tokens]</param>
    /// <param name="surrogate">Receives losses, derivatives and, as marks, the tokens with a penalty.</param>
    public static void Compute(
        ReadOnlySpan<float> ratio,
        ReadOnlySpan<float> advantage,
        ReadOnlySpan<float> current,
        ReadOnlySpan<float> old,
        ReadOnlySpan<float> mask,
        CovariancePenaltyOptions options,
        Span<float> covariance,
        Span<float> sorted,
        Surrogate surrogate)
    {
        ArgumentNullException.ThrowIfNull(options);
        UnclippedSurrogate.Compute(ratio, advantage, mask, surrogate);
        TokenCovariance.Compute(current, advantage, mask, covariance);
        int count = 0;
        for (int t = 0; t < mask.Length; t++)
        {
            if (mask[t] != 0)
            {
                sorted[count++] = covariance[t];
            }
        }

        if (count == 0)
        {
            return;
        }

        int selected = TokenCovariance.Selected(options.Share, count);
        sorted[..count].Sort();
        float threshold = sorted[count - selected];
        int ties = selected;
        foreach (float value in sorted[(count - selected)..count])
        {
            ties -= value > threshold ? 1 : 0;
        }

        float coefficient = (float)options.Coefficient;
        for (int t = 0; t < mask.Length; t++)
        {
            if (mask[t] == 0 || covariance[t] < threshold || (covariance[t] == threshold && ties-- <= 0))
            {
                continue;
            }

            float difference = current[t] - old[t];
            surrogate.Loss[t] += coefficient * Math.Abs(difference);
            surrogate.CurrentGradient[t] = float.IsNaN(difference) ? difference : coefficient * Math.Sign(difference);
            surrogate.Clipped[t] |= ClipMark.Covariance;
        }
    }

    /// <inheritdoc/>
    public void Apply(PathBatch batch, ReadOnlySpan<float> ratio, Surrogate surrogate)
    {
        ArgumentNullException.ThrowIfNull(batch);
        Compute(
            ratio,
            batch.Advantage,
            batch.Current,
            batch.Old,
            batch.Mask,
            options,
            Columns.Rent(ref covariance, batch.TokenCount),
            Columns.Rent(ref sorted, batch.TokenCount),
            surrogate);
    }
}
