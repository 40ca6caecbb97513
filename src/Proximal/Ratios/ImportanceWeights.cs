using Proximal.Rollouts;

namespace Proximal.Ratios;

/// <summary>The weights <c>ρ = π_old / μ</c> between the trainer's policy and the sampler, on which all corrections build.</summary>
public static class ImportanceWeights
{
    /// <summary><c>ρ_t = exp(clamp(log π_old - log μ, ±20))</c> on each token, or the product over each sequence (its sum of logarithms clamped likewise); 0 where the mask is 0.</summary>
    /// <param name="old">log π_old. [tokens]</param>
    /// <param name="behaviour">log μ. [tokens]</param>
    /// <param name="mask">1 on policy tokens. [tokens]</param>
    /// <param name="offsets">First token of each path, then the number of tokens. [paths + 1]</param>
    /// <param name="level">Token or sequence.</param>
    /// <param name="weights">Receives the weights. [tokens]</param>
    public static void Compute(
        ReadOnlySpan<float> old,
        ReadOnlySpan<float> behaviour,
        ReadOnlySpan<float> mask,
        ReadOnlySpan<int> offsets,
        CorrectionLevel level,
        Span<float> weights)
    {
        for (int path = 0; path + 1 < offsets.Length; path++)
        {
            double sum = 0;
            for (int t = offsets[path]; t < offsets[path + 1]; t++)
            {
                float difference = LogRatio.Bounded(old[t], behaviour[t]);
                sum += mask[t] == 0 ? 0 : difference;
                weights[t] = mask[t] == 0 ? 0 : MathF.Exp(difference);
            }

            if (level == CorrectionLevel.Sequence)
            {
                float product = (float)Math.Exp(Math.Clamp(sum, -LogRatio.Limit, LogRatio.Limit));
                for (int t = offsets[path]; t < offsets[path + 1]; t++)
                {
                    weights[t] = mask[t] == 0 ? 0 : product;
                }
            }
        }
    }

    /// <summary>Scales weights to mean 1; leaves them when they are all 0.</summary>
    /// <param name="weights">The weights, in place. [tokens]</param>
    /// <param name="mask">1 on policy tokens. [tokens]</param>
    /// <param name="offsets">First token of each path, then the number of tokens. [paths + 1]</param>
    /// <param name="normalization">Over tokens or sequences.</param>
    public static void Normalize(Span<float> weights, ReadOnlySpan<float> mask, ReadOnlySpan<int> offsets, CorrectionNormalization normalization)
    {
        double total = 0, count = 0;
        for (int path = 0; path + 1 < offsets.Length; path++)
        {
            double sum = 0;
            int tokens = 0;
            for (int t = offsets[path]; t < offsets[path + 1]; t++)
            {
                sum += mask[t] == 0 ? 0 : weights[t];
                tokens += mask[t] == 0 ? 0 : 1;
            }

            bool bySequence = normalization == CorrectionNormalization.Sequence && tokens > 0;
            total += bySequence ? sum / tokens : sum;
            count += bySequence ? 1 : tokens;
        }

        if (normalization == CorrectionNormalization.None || total == 0)
        {
            return;
        }

        foreach (ref float weight in weights)
        {
            weight = (float)(weight * count / total);
        }
    }

    internal static void Compute(PathBatch batch, CorrectionLevel level, Span<float> weights) =>
        Compute(batch.Old, batch.Behaviour, batch.Mask, batch.PathOffsets, level, weights);

    internal static void Normalize(PathBatch batch, CorrectionNormalization normalization, Span<float> weights) =>
        Normalize(weights, batch.Mask, batch.PathOffsets, normalization);
}
