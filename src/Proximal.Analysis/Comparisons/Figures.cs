using System.Globalization;
using Proximal.Analysis.Statistics;

namespace Proximal.Analysis.Comparisons;

/// <summary>Numbers of a report as people read them.</summary>
public static class Figures
{
    /// <summary>What stands for a number that is not known.</summary>
    public const string Missing = "-";

    /// <summary>A number with about three digits: <c>0.123</c>, <c>12.3</c>, <c>-1.2e-05</c>.</summary>
    public static string Number(double value) => !double.IsFinite(value)
        ? Missing
        : Math.Abs(value) is > 0 and < 0.0005 or >= 100_000
            ? value.ToString("0.0e+00", CultureInfo.InvariantCulture)
            : value.ToString(Math.Abs(value) >= 100 ? "0" : Math.Abs(value) >= 10 ? "0.0" : "0.000", CultureInfo.InvariantCulture);

    /// <summary>A difference with its sign: <c>+0.012</c>.</summary>
    public static string Signed(double value) => value > 0 ? $"+{Number(value)}" : Number(value);

    /// <summary>A number with its interval: <c>0.800 [0.794, 0.813]</c>.</summary>
    public static string Interval(Estimate estimate, bool signed = false) => !double.IsFinite(estimate.Value)
        ? Missing
        : $"{Show(estimate.Value, signed)} [{Show(estimate.Lower, signed)}, {Show(estimate.Upper, signed)}]";

    /// <summary>A count with three digits: <c>12.3k</c>, <c>4.56M</c>.</summary>
    public static string Count(double count)
    {
        if (!double.IsFinite(count))
        {
            return Missing;
        }

        string[] units = ["", "k", "M", "G", "T"];
        int unit = 0;
        while (Math.Abs(count) >= 999.5 && unit < units.Length - 1)
        {
            count /= 1000;
            unit++;
        }

        return count.ToString(unit == 0 || count >= 99.95 ? "0" : count >= 9.995 ? "0.0" : "0.00", CultureInfo.InvariantCulture) + units[unit];
    }

    /// <summary>A duration as <c>8.2 s</c>, <c>12:34</c> or <c>1:02:03</c>.</summary>
    public static string Seconds(double seconds) => !double.IsFinite(seconds) || seconds > 1e9 ? Missing
        : seconds < 59.95 ? seconds.ToString("0.0", CultureInfo.InvariantCulture) + " s"
        : TimeSpan.FromSeconds(Math.Round(seconds)).ToString(seconds < 3599.5 ? @"m\:ss" : @"d\.hh\:mm\:ss", CultureInfo.InvariantCulture).TrimStart('0', '.');

    private static string Show(double value, bool signed) => signed ? Signed(value) : Number(value);
}
