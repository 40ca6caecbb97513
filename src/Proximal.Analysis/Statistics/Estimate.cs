namespace Proximal.Analysis.Statistics;

/// <summary>A number with its confidence interval.</summary>
/// <param name="Value">The point estimate.</param>
/// <param name="Lower">Lower end of the interval.</param>
/// <param name="Upper">Upper end of the interval.</param>
public readonly record struct Estimate(double Value, double Lower, double Upper)
{
    /// <summary>What stands for a number that cannot be estimated.</summary>
    public static Estimate Unknown { get; } = new(double.NaN, double.NaN, double.NaN);
}
