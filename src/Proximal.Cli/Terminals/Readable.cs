using System.Globalization;

namespace Proximal.Cli.Terminals;

/// <summary>Numbers as people read them.</summary>
internal static class Readable
{
    private const string Missing = "-";

    /// <summary>A duration as <c>0:07</c>, <c>12:34</c> or <c>1:02:03</c>.</summary>
    public static string Duration(double seconds)
    {
        if (!double.IsFinite(seconds) || seconds >= TimeSpan.MaxValue.TotalSeconds)
        {
            return Missing;
        }

        long whole = (long)Math.Max(0, Math.Round(seconds));
        return whole >= 3600
            ? string.Create(CultureInfo.InvariantCulture, $"{whole / 3600}:{whole / 60 % 60:00}:{whole % 60:00}")
            : string.Create(CultureInfo.InvariantCulture, $"{whole / 60}:{whole % 60:00}");
    }

    /// <summary>A share as <c>93.5%</c>.</summary>
    public static string Share(double share) => double.IsFinite(share) ? string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.0}%") : Missing;

    /// <summary>A number with about three digits: <c>0.123</c>, <c>12.3</c>, <c>1.2e-05</c>.</summary>
    public static string Number(double value) => !double.IsFinite(value)
        ? Missing
        : Math.Abs(value) is > 0 and < 0.001 or >= 100_000
            ? value.ToString("0.0e+00", CultureInfo.InvariantCulture)
            : value.ToString(Math.Abs(value) >= 100 ? "0" : Math.Abs(value) >= 10 ? "0.0" : "0.000", CultureInfo.InvariantCulture);

    /// <summary>A count as <c>12,310</c>.</summary>
    public static string Count(double count) => double.IsFinite(count) ? count.ToString("N0", CultureInfo.InvariantCulture) : Missing;
}
