using Proximal.Analysis.Statistics;

namespace Proximal.Analysis.Curves;

/// <summary>The lines that a series becomes: mean over runs, its smoothed form, and the edges of the band. NaN is a gap. All [steps].</summary>
internal sealed record CurveLines(double[] Steps, double[] Mean, double[] Smoothed, double[] Lower, double[] Upper)
{
    public static CurveLines Of(CurveSeries series, double smoothing, BandKind band)
    {
        int steps = series.Steps.Length;
        double[] mean = new double[steps], lower = new double[steps], upper = new double[steps];
        List<double> measured = new(series.Runs.Length);
        for (int step = 0; step < steps; step++)
        {
            measured.Clear();
            foreach (double[] run in series.Runs)
            {
                if (double.IsFinite(run[step]))
                {
                    measured.Add(run[step]);
                }
            }

            double[] values = measured.ToArray();
            mean[step] = Moments.Mean(values);
            (lower[step], upper[step]) = band switch
            {
                _ when values.Length < 2 || band == BandKind.None => (double.NaN, double.NaN),
                BandKind.Range => (values.Min(), values.Max()),
                _ => (mean[step] - Moments.StandardError(values), mean[step] + Moments.StandardError(values)),
            };
        }

        double[] smoothed = new double[steps];
        Curves.Smoothing.Exponential(mean, smoothing, smoothed);
        if (smoothing > 0)
        {
            Curves.Smoothing.Exponential(lower, smoothing, lower);
            Curves.Smoothing.Exponential(upper, smoothing, upper);
        }

        return new CurveLines(series.Steps, mean, smoothed, lower, upper);
    }
}
