using Proximal.Analysis.Statistics;

namespace Proximal.Analysis.Verification;

/// <summary>
/// A probabilistic certificate: something held in so many of independent samples that with high confidence it holds with probability 1 - delta at least.
/// </summary>
public sealed record Certificate
{
    /// <summary>Counts samples.</summary>
    /// <param name="successes">Samples in which it held, in [0, samples].</param>
    /// <param name="samples">Independent samples, 1 or more.</param>
    /// <param name="delta">The probability of failing that is allowed, in (0, 1).</param>
    /// <param name="confidence">Of the lower bounds, in (1/2, 1).</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public Certificate(long successes, long samples, double delta = 0.05, double confidence = 0.95)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(samples, 1);
        Require(delta is > 0 and < 1, nameof(delta), delta, "above 0 and below 1");
        Require(confidence is > 0.5 and < 1, nameof(confidence), confidence, "above 0.5 and below 1");
        (Successes, Samples, Delta, Confidence) = (successes, samples, delta, confidence);
        // One tail of an interval of twice the doubt.
        WilsonLower = Wilson.Interval(successes, samples, (2 * confidence) - 1).Lower;
        HoeffdingLower = LowerByHoeffding(Share, samples, 1 - confidence);
    }

    /// <summary>Samples in which it held.</summary>
    public long Successes { get; }

    /// <summary>All samples.</summary>
    public long Samples { get; }

    /// <summary>The probability of failing that is allowed.</summary>
    public double Delta { get; }

    /// <summary>Of the lower bounds.</summary>
    public double Confidence { get; }

    /// <summary>p = successes / samples.</summary>
    public double Share => (double)Successes / Samples;

    /// <summary>The lower end of Wilson's score interval, one-sided: tight, and right up to the normal approximation.</summary>
    public double WilsonLower { get; }

    /// <summary>p - sqrt(ln(1 / (1 - confidence)) / 2n): a guarantee for every number of samples (Hoeffding 1963), and wider.</summary>
    public double HoeffdingLower { get; }

    /// <summary>Whether the bound of Wilson reaches 1 - delta.</summary>
    public bool HoldsByWilson => WilsonLower >= 1 - Delta;

    /// <summary>Whether the bound of Hoeffding reaches 1 - delta.</summary>
    public bool HoldsByHoeffding => HoeffdingLower >= 1 - Delta;

    /// <summary>p - sqrt(ln(1 / risk) / 2n), at least 0.</summary>
    /// <param name="share">p.</param>
    /// <param name="samples">n.</param>
    /// <param name="risk">The probability that the bound is wrong, in (0, 1).</param>
    public static double LowerByHoeffding(double share, long samples, double risk)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(samples, 1);
        Require(risk is > 0 and < 1, nameof(risk), risk, "above 0 and below 1");
        return Math.Max(0, share - Math.Sqrt(Math.Log(1 / risk) / (2 * samples)));
    }

    private static void Require(bool holds, string name, double value, string expected)
    {
        if (!holds)
        {
            throw new ArgumentOutOfRangeException(name, value, $"Expected {expected}.");
        }
    }
}
