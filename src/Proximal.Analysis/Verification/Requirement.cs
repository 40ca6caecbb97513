using System.Globalization;
using Proximal.Analysis.Trees;

namespace Proximal.Analysis.Verification;

/// <summary>
/// What an action must satisfy: a quantity of it compared with a number, with a bound of the leaf's box, or with a feature, which then means every value that the
/// feature takes in the part of the box that the rule is about.
/// </summary>
/// <param name="Quantity">A quantity of actions, or <see cref="ActionSet.Index"/>.</param>
/// <param name="Relation">How it is compared.</param>
/// <param name="Right">With what.</param>
public sealed record Requirement(string Quantity, Relation Relation, Operand Right)
{
    /// <summary>Whether an action satisfies it.</summary>
    /// <param name="value">The quantity of the action.</param>
    /// <param name="box">The leaf's box [features].</param>
    /// <param name="region">The part of it that the rule is about, not empty [features].</param>
    public bool IsMet(double value, IReadOnlyList<Interval> box, IReadOnlyList<Interval> region)
    {
        ArgumentNullException.ThrowIfNull(box);
        ArgumentNullException.ThrowIfNull(region);
        return Right switch
        {
            { Feature: < 0 } => Relation.Holds(value, Right.Number),
            { Bound: FeatureBound.Low } => Relation.Holds(value, box[Right.Feature].Low),
            { Bound: FeatureBound.High } => Relation.Holds(value, box[Right.Feature].High),
            _ => HoldsForAll(value, region[Right.Feature]),
        };
    }

    /// <summary>What it demands in a box, as <c>heating &lt; zone-temperature.low (24)</c>.</summary>
    /// <param name="box">[features].</param>
    /// <param name="region">[features].</param>
    public string Describe(IReadOnlyList<Interval> box, IReadOnlyList<Interval> region)
    {
        ArgumentNullException.ThrowIfNull(box);
        ArgumentNullException.ThrowIfNull(region);
        string where = Right switch
        {
            { Feature: < 0 } => "",
            { Bound: FeatureBound.Low } => string.Create(CultureInfo.InvariantCulture, $" ({box[Right.Feature].Low:0.####})"),
            { Bound: FeatureBound.High } => string.Create(CultureInfo.InvariantCulture, $" ({box[Right.Feature].High:0.####})"),
            _ => $" in {region[Right.Feature]}",
        };
        return $"{Quantity} {Relation.Sign()} {Right.Text}{where}";
    }

    private bool HoldsForAll(double value, Interval values) => Relation switch
    {
        Relation.Less => values.HasLow ? value < values.Low : value <= values.Low,
        Relation.AtMost => value <= values.Low,
        Relation.Greater => values.HasHigh ? value > values.High : value >= values.High,
        Relation.AtLeast => value >= values.High,
        Relation.Equal => values.Low == value && values.High == value,
        _ => !values.Contains(value),
    };
}
