using Proximal.Recipes;
using Proximal.Rollouts;

namespace Proximal.Ratios;

/// <summary>
/// GSPO: the geometric mean of the token ratios of a sequence, <c>s_i = exp((1/L_i) Σ_t m d)</c> with <c>log s_i ≤ 10</c>, on every token in the
/// straight-through form <c>s_{i,t} = sg(s_i) exp(log π_θ - sg(log π_θ))</c>: the same value and, for one advantage a sequence, the same gradient.
/// </summary>
public sealed class SequenceRatio : IRatio
{
    private const double LogLimit = 10;

    private float[] logRatio = [];

    /// <summary>What recipes see.</summary>
    public static ComponentDefinition<IRatio, NoOptions> Definition { get; } = new(
        new ComponentInfo(
            "sequence",
            Seam.Ratios,
            "One length-normalized ratio a sequence.",
            "r_{i,t} = sg(s_i) π_θ(y_{i,t}) / sg(π_θ(y_{i,t})),  s_i = (π_θ(y_i) / π_old(y_i))^{1/L_i}",
            "Zheng et al. 2025, Group Sequence Policy Optimization, arXiv:2507.18071"),
        NoOptions.Schema,
        _ => new SequenceRatio());

    /// <inheritdoc/>
    public ComponentInfo Info => Definition.Info;

    /// <summary>Mean log-ratio of one sequence over its policy tokens; 0 when it has none.</summary>
    /// <param name="current">log π_θ. [tokens of the path]</param>
    /// <param name="old">log π_old. [tokens of the path]</param>
    /// <param name="mask">1 on policy tokens. [tokens of the path]</param>
    public static double MeanLogRatio(ReadOnlySpan<float> current, ReadOnlySpan<float> old, ReadOnlySpan<float> mask)
    {
        double sum = 0;
        int length = 0;
        for (int t = 0; t < current.Length; t++)
        {
            if (mask[t] != 0)
            {
                sum += current[t] - old[t];
                length++;
            }
        }

        return sum / Math.Max(1, length);
    }

    /// <inheritdoc/>
    public void Compute(PathBatch batch, Span<float> ratio, Span<byte> clipped)
    {
        ArgumentNullException.ThrowIfNull(batch);
        Span<float> means = Columns.Rent(ref logRatio, batch.PathCount);
        for (int path = 0; path < batch.PathCount; path++)
        {
            Range tokens = batch.Path(path);
            ReadOnlySpan<float> mask = batch.Mask[tokens];
            Span<float> pathRatio = ratio[tokens];
            double mean = MeanLogRatio(batch.Current[tokens], batch.Old[tokens], mask);
            means[path] = (float)mean;
            float value = (float)Math.Exp(Math.Min(mean, LogLimit));
            for (int t = 0; t < mask.Length; t++)
            {
                pathRatio[t] = mask[t] == 0 ? 1 : value;
            }
        }
    }

    /// <inheritdoc/>
    public void Backward(PathBatch batch, ReadOnlySpan<float> ratio, ReadOnlySpan<float> ratioGradient, Span<float> currentGradient)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ReadOnlySpan<float> mask = batch.Mask;
        for (int path = 0; path < batch.PathCount; path++)
        {
            if (logRatio[path] > LogLimit)
            {
                continue;
            }

            for (int t = batch.PathOffsets[path]; t < batch.PathOffsets[path + 1]; t++)
            {
                currentGradient[t] += mask[t] == 0 ? 0 : ratioGradient[t] * ratio[t];
            }
        }
    }
}
