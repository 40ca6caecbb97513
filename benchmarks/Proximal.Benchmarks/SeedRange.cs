using System.Globalization;

namespace Proximal.Benchmarks;

/// <summary>Seeds as the command line names them, and the spread over them.</summary>
internal static class SeedRange
{
    /// <summary>The seeds of <c>FIRST-LAST</c> or <c>A,B,C</c>.</summary>
    public static int[] Parse(string seeds) => seeds.Split('-') is [string first, string last]
        ? [.. Enumerable.Range(Integer(first), Integer(last) - Integer(first) + 1)]
        : [.. seeds.Split(',').Select(Integer)];

    /// <summary>The standard deviation of a sample; 0 of one value.</summary>
    public static double Deviation(IReadOnlyList<double> values)
    {
        double mean = values.Average();
        return values.Count < 2 ? 0 : Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1));
    }

    private static int Integer(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
