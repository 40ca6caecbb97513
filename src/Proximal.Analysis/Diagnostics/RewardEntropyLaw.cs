using Proximal.Analysis.Statistics;

namespace Proximal.Analysis.Diagnostics;

/// <summary>
/// The law R = -a e^H + b between reward and entropy over a run (Cui et al. 2025), fitted by ordinary least squares of R on e^H.
/// </summary>
/// <param name="A">a, the price of reward in entropy.</param>
/// <param name="B">b.</param>
/// <param name="RSquared">Share of the variance of R that the law explains.</param>
public readonly record struct RewardEntropyLaw(double A, double B, double RSquared)
{
    /// <summary>b - a: the reward when entropy is spent.</summary>
    public double Ceiling => B - A;

    /// <summary>Fits the law; NaN with fewer than two different entropies.</summary>
    /// <param name="entropy">H of each step. [steps]</param>
    /// <param name="reward">R of each step. [steps]</param>
    public static RewardEntropyLaw Fit(ReadOnlySpan<double> entropy, ReadOnlySpan<double> reward)
    {
        double[] exponential = new double[entropy.Length];
        for (int i = 0; i < exponential.Length; i++)
        {
            exponential[i] = Math.Exp(entropy[i]);
        }

        LinearFit fit = LinearFit.Of(exponential, reward);
        return new RewardEntropyLaw(-fit.Slope, fit.Intercept, fit.Correlation * fit.Correlation);
    }

    /// <summary>R at an entropy.</summary>
    public double Predict(double entropy) => B - (A * Math.Exp(entropy));
}
