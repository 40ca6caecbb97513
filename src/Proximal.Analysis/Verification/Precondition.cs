using System.Globalization;
using Proximal.Analysis.Trees;

namespace Proximal.Analysis.Verification;

/// <summary>
/// Says which boxes a rule is about. On the value of a feature (<c>occupants > 0</c>) it holds for a box that has such an input; on a bound (<c>temperature.low >= 20</c>) it
/// compares the bound itself.
/// </summary>
/// <param name="Feature">Index of the feature.</param>
/// <param name="Bound">What of the feature is compared.</param>
/// <param name="Relation">How.</param>
/// <param name="Number">With what.</param>
public sealed record Precondition(int Feature, FeatureBound Bound, Relation Relation, double Number)
{
    /// <summary>The values of the feature for which a comparison of values holds; all but one number where that is excluded.</summary>
    public Interval Values => Relation switch
    {
        Relation.Less => new Interval(double.NegativeInfinity, Number, false, false),
        Relation.AtMost => new Interval(double.NegativeInfinity, Number),
        Relation.Greater => new Interval(Number, double.PositiveInfinity, false, false),
        Relation.AtLeast => new Interval(Number, double.PositiveInfinity, true, false),
        Relation.Equal => new Interval(Number, Number, true),
        _ => Interval.All,
    };

    /// <summary>Whether the condition on a bound holds for a box; true for conditions on values.</summary>
    /// <param name="bounds">[features].</param>
    public bool HoldsForBound(IReadOnlyList<Interval> bounds)
    {
        ArgumentNullException.ThrowIfNull(bounds);
        return Bound == FeatureBound.Value || Relation.Holds(Bound == FeatureBound.Low ? bounds[Feature].Low : bounds[Feature].High, Number);
    }

    /// <summary>Whether it holds for an input; conditions on bounds are no conditions on inputs and hold.</summary>
    /// <param name="input">[features].</param>
    public bool HoldsFor(ReadOnlySpan<float> input) => Bound != FeatureBound.Value || Relation.Holds(input[Feature], Number);

    /// <summary>As it stands in a rule.</summary>
    /// <param name="features">Name of every feature.</param>
    public string Describe(IReadOnlyList<string> features)
    {
        ArgumentNullException.ThrowIfNull(features);
        return string.Create(CultureInfo.InvariantCulture, $"{features[Feature]}{Operand.Suffix(Bound)} {Relation.Sign()} {Number}");
    }
}
