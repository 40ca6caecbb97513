using Proximal.Recipes;
using Proximal.Rollouts;
using Proximal.Tensors.Random;

namespace Proximal.Clipping;

/// <summary>
/// Clip-Cov: PPO, except that a few tokens drawn at random among those with <c>ω_low &lt; Cov_t &lt; ω_high</c> (and not clipped by PPO) get loss 0. They
/// still count in the denominators. The draw depends on seed, step and update of the batch alone.
/// </summary>
public sealed class CovarianceClipping(CovarianceClippingOptions options) : IClipping
{
    private readonly PpoClippingOptions ppo = new() { Low = options.Low, High = options.High };
    private float[] covariance = [];
    private int[] candidates = [];

    /// <summary>What recipes see.</summary>
    public static ComponentDefinition<IClipping, CovarianceClippingOptions> Definition { get; } = new(
        new ComponentInfo(
            "clip-cov",
            Seam.Clipping,
            "PPO that detaches a few random tokens of high covariance between log-probability and advantage.",
            "ℓ_{i,t} = 0 for max(1, ⌊ρN⌋) tokens drawn from {ω_low < (log π_θ - mean)(A - mean) < ω_high}, else max(-A r, -A clip(r, 1-ε_low, 1+ε_high))",
            "Cui et al. 2025, The Entropy Mechanism of RL for Reasoning LMs, arXiv:2505.22617"),
        CovarianceClippingOptions.Schema,
        options => new CovarianceClipping(options));

    /// <inheritdoc/>
    public ComponentInfo Info => Definition.Info;

    /// <summary>Draws <c>max(1, ⌊r N⌋)</c> of the candidates, or all when there are fewer, uniformly without replacement.</summary>
    /// <param name="covariance">Cov of each token. [tokens]</param>
    /// <param name="clipped">Not 0 on tokens that are clipped already. [tokens]</param>
    /// <param name="mask">1 on policy tokens. [tokens]</param>
    /// <param name="options">Share and bounds.</param>
    /// <param name="random">The draw.</param>
    /// <param name="candidates">Scratch whose first elements receive the drawn tokens. [tokens]</param>
    /// <returns>How many were drawn.</returns>
    public static int Draw(
        ReadOnlySpan<float> covariance,
        ReadOnlySpan<byte> clipped,
        ReadOnlySpan<float> mask,
        CovarianceClippingOptions options,
        RandomStream random,
        Span<int> candidates)
    {
        ArgumentNullException.ThrowIfNull(options);
        int count = 0;
        for (int t = 0; t < covariance.Length; t++)
        {
            if (mask[t] != 0 && clipped[t] == 0 && covariance[t] > options.LowerBound && covariance[t] < options.UpperBound)
            {
                candidates[count++] = t;
            }
        }

        int drawn = Math.Min(count, TokenCovariance.Selected(options.Share, Columns.Count(mask)));
        for (int i = 0; i < drawn; i++)
        {
            int j = i + random.Integer(i, count - i);
            (candidates[i], candidates[j]) = (candidates[j], candidates[i]);
        }

        return drawn;
    }

    /// <inheritdoc/>
    public void Apply(PathBatch batch, ReadOnlySpan<float> ratio, Surrogate surrogate)
    {
        ArgumentNullException.ThrowIfNull(batch);
        PpoClipping.Compute(ratio, batch.Advantage, batch.Mask, ppo, surrogate);
        Span<float> statistic = Columns.Rent(ref covariance, batch.TokenCount);
        Span<int> tokens = Columns.Rent(ref candidates, batch.TokenCount);
        TokenCovariance.Compute(batch.Current, batch.Advantage, batch.Mask, statistic);
        RandomStream random = new(batch.Seed, RandomPurpose.Component, batch.Step, batch.Update);
        int drawn = Draw(statistic, surrogate.Clipped, batch.Mask, options, random, tokens);
        foreach (int t in tokens[..drawn])
        {
            surrogate.Loss[t] = surrogate.RatioGradient[t] = 0;
            surrogate.Clipped[t] = ClipMark.Covariance;
        }
    }
}
