namespace Proximal.Analysis.Curves;

/// <summary>Smoothing of measured series.</summary>
public static class Smoothing
{
    /// <summary>
    /// Exponential moving average without the pull towards zero at the start: s_t = Σ_i w^{t-i} x_i / Σ_i w^{t-i} over the measured values. NaN
    /// where nothing was measured.
    /// </summary>
    /// <param name="values">x. [steps]</param>
    /// <param name="weight">w in [0, 1).</param>
    /// <param name="smoothed">Receives s. [steps]</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Exponential(ReadOnlySpan<double> values, double weight, Span<double> smoothed)
    {
        if (!(weight is >= 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(weight), weight, "A smoothing weight lies in [0, 1).");
        }

        if (smoothed.Length != values.Length)
        {
            throw new ArgumentException($"{values.Length} values do not fit in {smoothed.Length}.", nameof(smoothed));
        }

        double sum = 0, weights = 0;
        for (int i = 0; i < values.Length; i++)
        {
            if (double.IsFinite(values[i]))
            {
                sum = (weight * sum) + values[i];
                weights = (weight * weights) + 1;
            }

            smoothed[i] = double.IsFinite(values[i]) ? sum / weights : double.NaN;
        }
    }
}
