namespace Proximal.Analysis.Statistics;

/// <summary>The standard normal distribution.</summary>
internal static class Normal
{
    /// <summary>Inverse of the cumulative distribution, relative error below 1.2e-9 (Acklam's rational approximation).</summary>
    public static double Quantile(double probability)
    {
        const double Low = 0.02425;
        if (probability > 0.5)
        {
            return -Quantile(1 - probability);
        }

        if (probability < Low)
        {
            double tail = Math.Sqrt(-2 * Math.Log(probability));
            return Polynomial(tail, [-7.784894002430293e-03, -3.223964580411365e-01, -2.400758277161838, -2.549732539343734, 4.374664141464968, 2.938163982698783])
                / Polynomial(tail, [7.784695709041462e-03, 3.224671290700398e-01, 2.445134137142996, 3.754408661907416, 1]);
        }

        double centred = probability - 0.5, square = centred * centred;
        return centred
            * Polynomial(square, [-3.969683028665376e+01, 2.209460984245205e+02, -2.759285104469687e+02, 1.383577518672690e+02, -3.066479806614716e+01, 2.506628277459239])
            / Polynomial(square, [-5.447609879822406e+01, 1.615858368580409e+02, -1.556989798598866e+02, 6.680131188771972e+01, -1.328068155288572e+01, 1]);
    }

    private static double Polynomial(double x, ReadOnlySpan<double> coefficients)
    {
        double sum = 0;
        foreach (double coefficient in coefficients)
        {
            sum = (sum * x) + coefficient;
        }

        return sum;
    }
}
