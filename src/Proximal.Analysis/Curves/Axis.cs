using System.Globalization;

namespace Proximal.Analysis.Curves;

/// <summary>Range, ticks and labels of one axis. On a logarithmic axis all lengths are of log10.</summary>
internal sealed class Axis
{
    private readonly AxisScale scale;
    private readonly double low;
    private readonly double high;

    private Axis(AxisScale scale, double low, double high, double[] ticks, string[] labels)
    {
        this.scale = scale;
        this.low = low;
        this.high = high;
        Ticks = ticks;
        Labels = labels;
    }

    public double[] Ticks { get; }

    public string[] Labels { get; }

    /// <summary>Fits an axis around all finite values; one without values runs from 0 to 1 (1 to 10 when logarithmic).</summary>
    /// <param name="columns">Values. [columns][steps]</param>
    /// <param name="scale">Linear or logarithmic.</param>
    /// <param name="count">About how many ticks.</param>
    /// <param name="padding">Share of the range left free at an end that is not fixed.</param>
    /// <param name="fixedLow">Where the axis begins, or null to fit.</param>
    /// <param name="fixedHigh">Where the axis ends, or null to fit.</param>
    public static Axis Over(
        IEnumerable<double[]> columns, AxisScale scale, int count, double padding = 0, double? fixedLow = null, double? fixedHigh = null)
    {
        double minimum = double.PositiveInfinity, maximum = double.NegativeInfinity;
        foreach (double[] column in columns)
        {
            foreach (double value in column)
            {
                if (double.IsFinite(value) && (value > 0 || scale == AxisScale.Linear))
                {
                    (minimum, maximum) = (Math.Min(minimum, value), Math.Max(maximum, value));
                }
            }
        }

        if (minimum > maximum)
        {
            (minimum, maximum) = scale == AxisScale.Linear ? (0, 1) : (1, 10);
        }

        double low = Project(scale, minimum), high = Project(scale, maximum);
        if (high - low <= 1e-12 * Math.Max(Math.Abs(low), Math.Abs(high)))
        {
            double half = scale == AxisScale.Linear && low != 0 ? Math.Abs(low) / 10 : 0.5;
            (low, high) = (low - half, high + half);
        }

        double margin = padding * (high - low);
        low = fixedLow is { } begin ? Project(scale, begin) : low - margin;
        high = fixedHigh is { } end ? Project(scale, end) : high + margin;
        if (low >= high)
        {
            (low, high) = fixedLow is null ? (high - 1, high) : (low, low + 1);
        }

        return scale == AxisScale.Linear ? Linear(low, high, count) : Logarithmic(low, high, count);
    }

    /// <summary>Place of a value between the ends of the axis, 0 to 1; NaN for a value that has none.</summary>
    public double Place(double value) => (Project(scale, value) - low) / (high - low);

    private static double Project(AxisScale scale, double value) =>
        scale == AxisScale.Linear ? value : value > 0 ? Math.Log10(value) : double.NaN;

    private static Axis Linear(double low, double high, int count)
    {
        double step = NiceStep((high - low) / count);
        List<double> ticks = [];
        for (double k = Math.Ceiling((low / step) - 1e-9); k <= Math.Floor((high / step) + 1e-9); k++)
        {
            ticks.Add(k * step);
        }

        double largest = ticks.Count == 0 ? 0 : ticks.Max(Math.Abs);
        return new Axis(AxisScale.Linear, low, high, [.. ticks], [.. ticks.Select(tick => Format(tick, step, largest))]);
    }

    private static Axis Logarithmic(double low, double high, int count)
    {
        double decades = Math.Max(1, Math.Ceiling((high - low) / count));
        double[] factors = high - low > 3 ? [1] : high - low > 1 ? [1, 2, 5] : [1, 1.5, 2, 3, 4, 5, 6, 7, 8, 9];
        List<double> ticks = [];
        for (double decade = Math.Floor(low / decades) * decades; decade <= high; decade += decades)
        {
            foreach (double factor in factors)
            {
                double place = decade + Math.Log10(factor);
                if (place >= low && place <= high)
                {
                    ticks.Add(factor * Math.Pow(10, decade));
                }
            }
        }

        return new Axis(AxisScale.Logarithmic, low, high, [.. ticks], [.. ticks.Select(static tick => Format(tick, tick, tick))]);
    }

    private static double NiceStep(double rough)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        double factor = rough / power;
        return power * (factor <= 1.0001 ? 1 : factor <= 2.0001 ? 2 : factor <= 2.5001 ? 2.5 : factor <= 5.0001 ? 5 : 10);
    }

    /// <summary>A label with as many decimals as the step has, in a unit that suits the largest label.</summary>
    private static string Format(double value, double step, double largest)
    {
        if (largest >= 1e12 || step < 1e-4)
        {
            return Math.Abs(value) < step / 2 ? "0" : value.ToString("0.###e0", CultureInfo.InvariantCulture);
        }

        (double unit, string suffix) = largest switch
        {
            >= 1e9 => (1e9, "G"),
            >= 1e6 => (1e6, "M"),
            >= 1e4 => (1e3, "k"),
            _ => (1, ""),
        };
        int decimals = 0;
        while (decimals < 6 && Math.Abs(Math.Round(step / unit, decimals) - (step / unit)) > 1e-3 * step / unit)
        {
            decimals++;
        }

        return Math.Abs(value) < step / 2 && unit > 1 ? "0" : (Math.Round(value / unit, decimals) + 0.0).ToString("F" + decimals, CultureInfo.InvariantCulture) + suffix;
    }
}
