using Proximal.Recipes;
using Proximal.Rollouts;

namespace Proximal.Clipping;

/// <summary>
/// CTPO's clip: bounds in log space that scale with the position, <c>ℓ = max(-A r, -A exp(clamp(log r, -a_l s_t, a_h s_t)))</c>, and for A &lt; 0
/// <c>min(ℓ, -A exp(a_c s_t))</c>, with <c>s_t = n_t^pw</c> and n_t the number of policy tokens up to t.
/// </summary>
public sealed class PositionClipping(PositionClippingOptions options) : IClipping, IMetricSource
{
    private readonly long[] clipped = new long[2];
    private readonly long[] counted = new long[2];

    /// <summary>What recipes see.</summary>
    public static ComponentDefinition<IClipping, PositionClippingOptions> Definition { get; } = new(
        new ComponentInfo(
            "position",
            Seam.Clipping,
            "PPO's clip in log space with bounds that scale with the position in the response.",
            "ℓ_{i,t} = max(-A r, -A exp(clamp(log r, -a_l s_t, a_h s_t)));  A < 0: min(ℓ, -A exp(a_c s_t)),  s_t = n_t^pw",
            "CTPO: Rethinking Importance Sampling in LLM Policy Optimization: A Cumulative Token Perspective")
        {
            Mechanism =
                "The logarithm of a cumulative ratio spreads like the square root of the position, so a fixed band clips late tokens far more often than early " +
                "ones. Bounds that grow by the same law clip every position equally often. The two metrics give the share of clipped tokens in the first and in " +
                "the second half of responses.",
        },
        PositionClippingOptions.Schema,
        options => new PositionClipping(options));

    /// <inheritdoc/>
    public ComponentInfo Info => Definition.Info;

    /// <summary>Shares of clipped tokens in the first and second half of the responses of the last part.</summary>
    public IEnumerable<(string Name, double Value)> Metrics => [("clip/early-fraction", Share(0)), ("clip/late-fraction", Share(1))];

    /// <summary>s_t.</summary>
    /// <param name="position">n_t: number of policy tokens up to the token, itself included.</param>
    /// <param name="power">pw.</param>
    public static double Scale(int position, double power) => Math.Pow(position, power);

    /// <summary>The surrogate of one token.</summary>
    /// <param name="ratio">r.</param>
    /// <param name="advantage">A.</param>
    /// <param name="position">n_t.</param>
    /// <param name="options">Bounds and power.</param>
    /// <returns>The loss, its derivative with respect to the ratio, and the mark of <see cref="ClipMark"/>.</returns>
    public static (float Loss, float RatioGradient, byte Clipped) Token(float ratio, float advantage, int position, PositionClippingOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        double scale = Scale(position, options.Power);
        float low = (float)(1 - Math.Exp(-options.Low * scale)), high = (float)(Math.Exp(options.High * scale) - 1);
        return PpoClipping.Token(ratio, advantage, low, high, options.Dual == 0 ? 0 : (float)Math.Exp(options.Dual * scale));
    }

    /// <inheritdoc/>
    public void Apply(PathBatch batch, ReadOnlySpan<float> ratio, Surrogate surrogate)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ReadOnlySpan<float> mask = batch.Mask, advantage = batch.Advantage;
        Array.Clear(clipped);
        Array.Clear(counted);
        for (int path = 0; path < batch.PathCount; path++)
        {
            int position = 0, length = Columns.Count(mask[batch.Path(path)]);
            for (int t = batch.PathOffsets[path]; t < batch.PathOffsets[path + 1]; t++)
            {
                if (mask[t] != 0)
                {
                    position++;
                    (surrogate.Loss[t], surrogate.RatioGradient[t], byte mark) = Token(ratio[t], advantage[t], position, options);
                    surrogate.Clipped[t] |= mark;
                    int half = 2 * position <= length ? 0 : 1;
                    counted[half]++;
                    clipped[half] += mark == 0 ? 0 : 1;
                }
            }
        }
    }

    private double Share(int half) => counted[half] == 0 ? 0 : (double)clipped[half] / counted[half];
}
