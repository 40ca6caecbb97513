using Proximal.Recipes;
using Proximal.Rollouts;

namespace Proximal.Ratios;

/// <summary>
/// CTPO: the ratio of the prefix up to and with each token, <c>log r_t = sg(c_t) + log π_θ - sg(log π_θ)</c>, <c>c_t = Σ_{k≤t} m d_k</c> (or <c>c_t</c> over the
/// number of policy tokens so far). It is unbiased for advantages that do not look beyond the token; with an outcome reward on every token it is biased
/// still, because nothing corrects the future, but less than the token ratio. With the clipping <c>cispo</c> it is the full-product
/// ablation of <see cref="MinimumPrefixRatio"/>.
/// </summary>
public sealed class CumulativeRatio(CumulativeRatioOptions options) : IRatio
{
    private double[] logRatio = [];

    /// <summary>What recipes see.</summary>
    public static ComponentDefinition<IRatio, CumulativeRatioOptions> Definition { get; } = new(
        new ComponentInfo(
            "cumulative",
            Seam.Ratios,
            "The ratio of the response up to and with each token; the gradient passes through that token alone.",
            "r_{i,t} = exp(sg(κ_t)) π_θ(y_{i,t}) / sg(π_θ(y_{i,t})),  κ_t = Σ_{k≤t} d_k or Σ_{k≤t} d_k / n_t,  κ_t ≤ 10",
            "CTPO: Rethinking Importance Sampling in LLM Policy Optimization: A Cumulative Token Perspective")
        {
            Mechanism =
                "A token is reached through its prefix, so the weight that makes its gradient unbiased is the ratio of everything up to it; what comes later does " +
                "not matter, which keeps the variance below that of the whole sequence. The logarithm of the product performs a random walk along the response, " +
                "so it belongs with bounds that grow like the square root of the position.",
        },
        CumulativeRatioOptions.Schema,
        options => new CumulativeRatio(options));

    /// <inheritdoc/>
    public ComponentInfo Info => Definition.Info;

    /// <summary>κ of one sequence; tokens with mask 0 add nothing and keep the value before them.</summary>
    /// <param name="current">log π_θ. [tokens of the path]</param>
    /// <param name="old">log π_old. [tokens of the path]</param>
    /// <param name="mask">1 on policy tokens. [tokens of the path]</param>
    /// <param name="mode">Sum or mean.</param>
    /// <param name="logRatio">Receives κ. [tokens of the path]</param>
    public static void LogRatios(ReadOnlySpan<float> current, ReadOnlySpan<float> old, ReadOnlySpan<float> mask, CumulativeMode mode, Span<double> logRatio)
    {
        double sum = 0;
        int count = 0;
        for (int t = 0; t < current.Length; t++)
        {
            if (mask[t] != 0)
            {
                sum += LogRatio.Bounded(current[t], old[t]);
                count++;
            }

            logRatio[t] = mode == CumulativeMode.Product ? sum : sum / Math.Max(1, count);
        }
    }

    /// <inheritdoc/>
    public void Compute(PathBatch batch, Span<float> ratio, Span<byte> clipped)
    {
        ArgumentNullException.ThrowIfNull(batch);
        Span<double> column = Columns.Rent(ref logRatio, batch.TokenCount);
        ReadOnlySpan<float> mask = batch.Mask;
        for (int path = 0; path < batch.PathCount; path++)
        {
            Range tokens = batch.Path(path);
            LogRatios(batch.Current[tokens], batch.Old[tokens], mask[tokens], options.Mode, column[tokens]);
        }

        for (int t = 0; t < ratio.Length; t++)
        {
            ratio[t] = mask[t] == 0 ? 1 : DetachedPrefix.Ratio(column[t]);
        }
    }

    /// <inheritdoc/>
    public void Backward(PathBatch batch, ReadOnlySpan<float> ratio, ReadOnlySpan<float> ratioGradient, Span<float> currentGradient)
    {
        ArgumentNullException.ThrowIfNull(batch);
        DetachedPrefix.Backward(batch.Mask, ratio, ratioGradient, currentGradient);
    }
}
