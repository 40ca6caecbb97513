using Proximal.Clipping;
using Proximal.Recipes;
using Proximal.Rollouts;

namespace Proximal.Ratios;

/// <summary>
/// GMPO: the geometric mean of token ratios that are clipped one by one in log space, <c>s_i = exp((1/L_i) Σ_t u_t)</c> with
/// <c>u_t = sgn(A) min(sgn(A) d_t, sgn(A) clamp(d_t, -ε_low, ε_high))</c>. Use with the unclipped surrogate and seq-mean-token-mean. A token
/// whose advantage is 0 contributes nothing, as in the reference implementation.
/// </summary>
public sealed class GeometricMeanRatio(GeometricMeanOptions options) : IRatio
{
    private float[] slopes = [];

    /// <summary>What recipes see.</summary>
    public static ComponentDefinition<IRatio, GeometricMeanOptions> Definition { get; } = new(
        new ComponentInfo(
            "geometric-mean",
            Seam.Ratios,
            "Geometric mean of token ratios that are clipped one by one in log space.",
            "r_{i,t} = exp(1/L_i Σ_k u_{i,k}),  u = sgn(A) min(sgn(A) d, sgn(A) clamp(d, -ε_low, ε_high)),  d = log π_θ - log π_old",
            "Zhao et al. 2025, Geometric-Mean Policy Optimization, arXiv:2507.20673"),
        GeometricMeanOptions.Schema,
        options => new GeometricMeanRatio(options));

    /// <inheritdoc/>
    public ComponentInfo Info => Definition.Info;

    /// <summary>The ratio of one sequence.</summary>
    /// <param name="current">log π_θ. [tokens of the path]</param>
    /// <param name="old">log π_old. [tokens of the path]</param>
    /// <param name="advantage">Advantages, of which the sign matters. [tokens of the path]</param>
    /// <param name="mask">1 on policy tokens. [tokens of the path]</param>
    /// <param name="low">ε_low.</param>
    /// <param name="high">ε_high.</param>
    /// <param name="slopes">Receives <c>∂ log s / ∂ log π_θ</c> of each token. [tokens of the path]</param>
    /// <param name="clipped">Receives <see cref="ClipMark.TrustRegion"/> where the log-ratio is outside the band. [tokens of the path]</param>
    /// <returns>s.</returns>
    public static double Compute(
        ReadOnlySpan<float> current,
        ReadOnlySpan<float> old,
        ReadOnlySpan<float> advantage,
        ReadOnlySpan<float> mask,
        double low,
        double high,
        Span<float> slopes,
        Span<byte> clipped)
    {
        double sum = 0;
        int length = Math.Max(1, Columns.Count(mask));
        for (int t = 0; t < current.Length; t++)
        {
            slopes[t] = 0;
            if (mask[t] == 0)
            {
                continue;
            }

            double difference = current[t] - old[t], bounded = Math.Clamp(difference, -low, high);
            clipped[t] = difference == bounded ? (byte)0 : ClipMark.TrustRegion;
            double sign = advantage[t] > 0 ? 1 : advantage[t] < 0 ? -1 : 0;
            bool active = sign * difference <= sign * bounded;
            sum += sign == 0 ? 0 : active ? difference : bounded;
            slopes[t] = sign != 0 && active ? 1f / length : 0;
        }

        return Math.Exp(sum / length);
    }

    /// <inheritdoc/>
    public void Compute(PathBatch batch, Span<float> ratio, Span<byte> clipped)
    {
        ArgumentNullException.ThrowIfNull(batch);
        Span<float> slope = Columns.Rent(ref slopes, batch.TokenCount);
        for (int path = 0; path < batch.PathCount; path++)
        {
            Range tokens = batch.Path(path);
            ReadOnlySpan<float> mask = batch.Mask[tokens];
            Span<float> pathRatio = ratio[tokens];
            float value = (float)Compute(
                batch.Current[tokens], batch.Old[tokens], batch.Advantage[tokens], mask, options.Low, options.High, slope[tokens], clipped[tokens]);
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
            int start = batch.PathOffsets[path], end = batch.PathOffsets[path + 1];
            double total = 0;
            for (int t = start; t < end; t++)
            {
                total += mask[t] == 0 ? 0 : ratioGradient[t] * ratio[t];
            }

            for (int t = start; t < end; t++)
            {
                currentGradient[t] += (float)(total * slopes[t]);
            }
        }
    }
}
