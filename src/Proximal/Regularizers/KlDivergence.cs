namespace Proximal.Regularizers;

/// <summary>The sampled estimators of KL(π_θ || π_ref) and their derivatives. Schulman 2020, Approximating KL Divergence.</summary>
public static class KlDivergence
{
    private const double LogLimit = 20;
    private const double ValueLimit = 10;

    /// <summary>The names that recipes use.</summary>
    internal static readonly (string Name, KlEstimator Value)[] Names =
    [
        ("k1", KlEstimator.K1),
        ("k2", KlEstimator.K2),
        ("k3", KlEstimator.K3),
        ("abs", KlEstimator.Absolute),
        ("full", KlEstimator.Full),
        ("k1+", KlEstimator.K1StraightThrough),
        ("k3+", KlEstimator.K3StraightThrough),
    ];

    /// <summary>Value of one token and its derivative with respect to log π_θ. k3 clamps u to ±20 and its value to ±10.</summary>
    /// <param name="estimator">Any but <see cref="KlEstimator.Full"/>, which needs the whole distribution.</param>
    /// <param name="current">log π_θ of the token.</param>
    /// <param name="reference">log π_ref of the token.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not a sampled estimator.</exception>
    public static (double Value, double Gradient) Token(KlEstimator estimator, double current, double reference)
    {
        double u = current - reference;
        return estimator switch
        {
            KlEstimator.K1 => (u, 1),
            KlEstimator.K2 => (u * u / 2, u),
            KlEstimator.K3 => LowVariance(u),
            KlEstimator.Absolute => (Math.Abs(u), u > 0 ? 1 : u < 0 ? -1 : 0),
            KlEstimator.K1StraightThrough => (u, u),
            KlEstimator.K3StraightThrough => (LowVariance(u).Value, u),
            _ => throw new ArgumentOutOfRangeException(nameof(estimator), estimator, "Not an estimate from one token."),
        };
    }

    /// <summary>Values of any run of tokens, 0 where the mask is 0.</summary>
    /// <param name="estimator">Any but <see cref="KlEstimator.Full"/>.</param>
    /// <param name="current">log π_θ. [tokens]</param>
    /// <param name="reference">log π_ref. [tokens]</param>
    /// <param name="mask">1 on policy tokens. [tokens]</param>
    /// <param name="value">Receives the values. [tokens]</param>
    /// <param name="gradient">Receives the derivatives with respect to log π_θ. [tokens]</param>
    public static void Compute(
        KlEstimator estimator,
        ReadOnlySpan<float> current,
        ReadOnlySpan<float> reference,
        ReadOnlySpan<float> mask,
        Span<float> value,
        Span<float> gradient)
    {
        for (int t = 0; t < current.Length; t++)
        {
            (double v, double g) = mask[t] == 0 ? (0, 0) : Token(estimator, current[t], reference[t]);
            (value[t], gradient[t]) = ((float)v, (float)g);
        }
    }

    private static (double Value, double Gradient) LowVariance(double u)
    {
        double bounded = Math.Clamp(u, -LogLimit, LogLimit), ratio = Math.Exp(-bounded), value = ratio - 1 + bounded;
        bool flat = bounded != u || value > ValueLimit;
        return (Math.Min(value, ValueLimit), flat && !double.IsNaN(u) ? 0 : 1 - ratio);
    }
}
