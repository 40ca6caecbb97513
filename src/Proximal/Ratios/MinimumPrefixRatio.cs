using Proximal.Recipes;
using Proximal.Rollouts;

namespace Proximal.Ratios;

/// <summary>
/// MinPRO: the token ratio times the smallest token ratio before it in the response, <c>μ_t r_t</c>, <c>μ_t = min_{k&lt;t} r_k</c>, and <c>μ_1 = 1</c>
/// where nothing stands before. Meant for a clip that takes the ratio as a detached weight (<c>cispo</c>); elsewhere the gradient passes through the current
/// token alone. The full-product ablation is <see cref="CumulativeRatio"/>.
/// </summary>
public sealed class MinimumPrefixRatio : IRatio, IMetricSource
{
    private float[] smallest = [];
    private double logProducts;
    private long tokens;

    /// <summary>What recipes see.</summary>
    public static ComponentDefinition<IRatio, NoOptions> Definition { get; } = new(
        new ComponentInfo(
            "minimum-prefix",
            Seam.Ratios,
            "The token ratio times the smallest token ratio before it.",
            "r_{i,t} = μ_t ρ_t,  ρ_t = exp(clamp(log π_θ - log π_old, -20, 20)),  μ_1 = 1,  μ_t = min_{k<t} ρ_k",
            "MinPRO: A Step Back: Prefix Importance Ratio Stabilizes Policy Optimization")
        {
            Mechanism =
                "On stale data the right weight of a token is the product of the ratios up to it, but that product explodes, and its extremes sit at the end of the " +
                "response, where the answer is. Here the smallest ratio of the prefix stands in for the product: one token that the policy would no longer write damps " +
                "everything after it, and the weight stays of the size of two token ratios.",
        },
        NoOptions.Schema,
        _ => new MinimumPrefixRatio());

    /// <inheritdoc/>
    public ComponentInfo Info => Definition.Info;

    /// <summary>Mean over tokens of |log of the product of the ratios before the token|, which the minimum stands in for; of the last minibatch.</summary>
    public IEnumerable<(string Name, double Value)> Metrics => [("ratio/prefix-log-product", tokens == 0 ? 0 : logProducts / tokens)];

    /// <summary>μ of one sequence: the smallest ratio of the policy tokens before each token, 1 where there is none.</summary>
    /// <param name="ratio">Token ratios. [tokens of the path]</param>
    /// <param name="mask">1 on policy tokens. [tokens of the path]</param>
    /// <param name="smallest">Receives μ. [tokens of the path]</param>
    public static void Minimum(ReadOnlySpan<float> ratio, ReadOnlySpan<float> mask, Span<float> smallest)
    {
        float minimum = float.PositiveInfinity;
        for (int t = 0; t < ratio.Length; t++)
        {
            smallest[t] = float.IsPositiveInfinity(minimum) ? 1 : minimum;
            minimum = mask[t] == 0 ? minimum : Math.Min(minimum, ratio[t]);
        }
    }

    /// <inheritdoc/>
    public void Compute(PathBatch batch, Span<float> ratio, Span<byte> clipped)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ReadOnlySpan<float> mask = batch.Mask;
        TokenRatio.Compute(batch.Current, batch.Old, mask, ratio);
        Span<float> prefix = Columns.Rent(ref smallest, batch.TokenCount);
        (logProducts, tokens) = (0, 0);
        for (int path = 0; path < batch.PathCount; path++)
        {
            Minimum(ratio[batch.Path(path)], mask[batch.Path(path)], prefix[batch.Path(path)]);
            double product = 0;
            for (int t = batch.PathOffsets[path]; t < batch.PathOffsets[path + 1]; t++)
            {
                if (mask[t] != 0)
                {
                    logProducts += Math.Abs(product);
                    product += Math.Log(ratio[t]);
                    ratio[t] = Math.Min(ratio[t] * prefix[t], DetachedPrefix.Ratio(DetachedPrefix.LogLimit));
                    tokens++;
                }
            }
        }
    }

    /// <inheritdoc/>
    public void Backward(PathBatch batch, ReadOnlySpan<float> ratio, ReadOnlySpan<float> ratioGradient, Span<float> currentGradient)
    {
        ArgumentNullException.ThrowIfNull(batch);
        DetachedPrefix.Backward(batch.Mask, ratio, ratioGradient, currentGradient);
    }
}
