using System.Globalization;

namespace Proximal.Analysis.Verification;

/// <summary>The right side of a comparison: a number, or a feature or a bound of it.</summary>
/// <param name="Number">The number, where there is no feature.</param>
/// <param name="Feature">Index of the feature; -1 for a number.</param>
/// <param name="Bound">What of the feature is meant.</param>
/// <param name="Text">As it was written.</param>
public sealed record Operand(double Number, int Feature, FeatureBound Bound, string Text)
{
    /// <summary>A number.</summary>
    public static Operand Of(double number) => new(number, -1, FeatureBound.Value, number.ToString("R", CultureInfo.InvariantCulture));

    /// <summary>A feature.</summary>
    /// <param name="feature">Index.</param>
    /// <param name="name">Name.</param>
    /// <param name="bound">What of it is meant.</param>
    public static Operand Of(int feature, string name, FeatureBound bound = FeatureBound.Value) => new(0, feature, bound, name + Suffix(bound));

    internal static string Suffix(FeatureBound bound) => bound switch
    {
        FeatureBound.Low => ".low",
        FeatureBound.High => ".high",
        _ => "",
    };
}
