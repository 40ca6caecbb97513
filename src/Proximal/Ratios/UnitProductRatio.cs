using Proximal.Recipes;
using Proximal.Rollouts;

namespace Proximal.Ratios;

/// <summary>
/// The probability ratio of whole actions, <c>r_{i,t} = exp(clamp(Σ_{k∈u(t)} m d_k, ±20))</c> on every token of the unit u(t): a token, a turn or the whole trajectory. LOOP compares them and finds
/// tokens best. Unlike the sequence ratio it is not normalized by length, and its gradient passes through all tokens of the unit.
/// </summary>
public sealed class UnitProductRatio(UnitProductOptions options) : IRatio
{
    /// <summary>What recipes see.</summary>
    public static ComponentDefinition<IRatio, UnitProductOptions> Definition { get; } = new(
        new ComponentInfo(
            "unit-product",
            Seam.Ratios,
            "One ratio a token, turn or trajectory: the product of its token ratios.",
            "r_{i,t} = exp(clamp(Σ_{k∈u(t)} (log π_θ(y_{i,k}) - log π_old(y_{i,k})), -20, 20)),  u(t): the token, its turn or the trajectory",
            "Chen et al. 2025, Reinforcement Learning for Long-Horizon Interactive LLM Agents, arXiv:2502.01600")
        {
            Mechanism = "What the importance ratio belongs to is a choice: in the decision process of an agent an action may be a token, a turn between two observations, or the whole trajectory. The ratio of a unit is the product over its tokens, so the longer the unit, the sooner it leaves the clip range, and then all of its tokens lose their gradient at once.",
        },
        UnitProductOptions.Schema,
        options => new UnitProductRatio(options));

    /// <inheritdoc/>
    public ComponentInfo Info => Definition.Info;

    /// <summary>The end of the unit that begins at a policy token; tokens with mask 0 inside a trajectory belong to it and count nothing.</summary>
    /// <param name="mask">1 on policy tokens. [tokens of the path]</param>
    /// <param name="start">A token with mask 1.</param>
    /// <param name="unit">What a unit is.</param>
    /// <returns>One past its last token.</returns>
    public static int End(ReadOnlySpan<float> mask, int start, RatioUnit unit)
    {
        int length = unit == RatioUnit.Turn ? mask[start..].IndexOf(0f) : -1;
        return unit == RatioUnit.Token ? start + 1 : length < 0 ? mask.Length : start + length;
    }

    /// <summary>The sums <c>Σ_{k∈u} m d_k</c> of one sequence, on every policy token of their unit; 0 where the mask is 0.</summary>
    /// <param name="current">log π_θ. [tokens of the path]</param>
    /// <param name="old">log π_old. [tokens of the path]</param>
    /// <param name="mask">1 on policy tokens. [tokens of the path]</param>
    /// <param name="unit">What a unit is.</param>
    /// <param name="sums">Receives the sums. [tokens of the path]</param>
    public static void LogRatios(ReadOnlySpan<float> current, ReadOnlySpan<float> old, ReadOnlySpan<float> mask, RatioUnit unit, Span<float> sums)
    {
        sums.Clear();
        for (int start = 0; start < mask.Length;)
        {
            if (mask[start] == 0)
            {
                start++;
                continue;
            }

            int end = End(mask, start, unit);
            double sum = 0;
            for (int t = start; t < end; t++)
            {
                sum += mask[t] == 0 ? 0 : (double)current[t] - old[t];
            }

            for (int t = start; t < end; t++)
            {
                sums[t] = mask[t] == 0 ? 0 : (float)sum;
            }

            start = end;
        }
    }

    /// <inheritdoc/>
    public void Compute(PathBatch batch, Span<float> ratio, Span<byte> clipped)
    {
        ArgumentNullException.ThrowIfNull(batch);
        for (int path = 0; path < batch.PathCount; path++)
        {
            Range tokens = batch.Path(path);
            LogRatios(batch.Current[tokens], batch.Old[tokens], batch.Mask[tokens], options.Unit, ratio[tokens]);
        }

        foreach (ref float value in ratio)
        {
            value = MathF.Exp(Math.Clamp(value, -LogRatio.Limit, LogRatio.Limit));
        }
    }

    /// <inheritdoc/>
    public void Backward(PathBatch batch, ReadOnlySpan<float> ratio, ReadOnlySpan<float> ratioGradient, Span<float> currentGradient)
    {
        ArgumentNullException.ThrowIfNull(batch);
        for (int path = 0; path < batch.PathCount; path++)
        {
            Range tokens = batch.Path(path);
            Backward(batch.Mask[tokens], ratio[tokens], ratioGradient[tokens], currentGradient[tokens]);
        }
    }

    private void Backward(ReadOnlySpan<float> mask, ReadOnlySpan<float> ratio, ReadOnlySpan<float> ratioGradient, Span<float> currentGradient)
    {
        float largest = MathF.Exp(LogRatio.Limit), smallest = MathF.Exp(-LogRatio.Limit);
        for (int start = 0; start < mask.Length;)
        {
            if (mask[start] == 0)
            {
                start++;
                continue;
            }

            int end = End(mask, start, options.Unit);
            double sum = 0;
            for (int t = start; t < end; t++)
            {
                sum += mask[t] == 0 ? 0 : ratioGradient[t];
            }

            // At the clamp the ratio is constant.
            float gradient = ratio[start] > smallest && ratio[start] < largest ? (float)(sum * ratio[start]) : 0;
            for (int t = start; t < end; t++)
            {
                currentGradient[t] += mask[t] == 0 ? 0 : gradient;
            }

            start = end;
        }
    }
}
