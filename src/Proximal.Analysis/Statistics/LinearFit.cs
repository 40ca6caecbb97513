namespace Proximal.Analysis.Statistics;

/// <summary>Ordinary least squares of y on x. NaN with fewer than two different x; the correlation is NaN when y does not vary.</summary>
/// <param name="Slope">Change of y for a unit of x.</param>
/// <param name="Intercept">y at x = 0.</param>
/// <param name="Correlation">Pearson correlation.</param>
public readonly record struct LinearFit(double Slope, double Intercept, double Correlation)
{
    /// <summary>Fits a line.</summary>
    /// <param name="x">x. [points]</param>
    /// <param name="y">y. [points]</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static LinearFit Of(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        double covariance = Moments.PopulationCovariance(x, y);
        double xDeviation = Moments.PopulationStandardDeviation(x), yDeviation = Moments.PopulationStandardDeviation(y);
        double slope = covariance / (xDeviation * xDeviation);
        return new LinearFit(slope, Moments.Mean(y) - (slope * Moments.Mean(x)), covariance / (xDeviation * yDeviation));
    }
}
