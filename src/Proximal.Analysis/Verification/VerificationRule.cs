using Proximal.Analysis.Trees;

namespace Proximal.Analysis.Verification;

/// <summary>In every leaf whose box meets all conditions together, the action must satisfy all requirements.</summary>
/// <param name="Name">What findings call it.</param>
/// <param name="When">Conditions on the box; none for every leaf.</param>
/// <param name="Require">Requirements on the action, at least one.</param>
public sealed record VerificationRule(string Name, IReadOnlyList<Precondition> When, IReadOnlyList<Requirement> Require)
{
    /// <summary>
    /// The part of a box that the rule is about, its inputs that satisfy all conditions on values; null where there is none, or where a condition on a bound
    /// fails.
    /// </summary>
    /// <param name="box">[features].</param>
    public IReadOnlyList<Interval>? Region(IReadOnlyList<Interval> box)
    {
        ArgumentNullException.ThrowIfNull(box);
        Interval[] region = [.. box];
        foreach (Precondition condition in When)
        {
            if (!condition.HoldsForBound(box))
            {
                return null;
            }

            if (condition.Bound == FeatureBound.Value)
            {
                region[condition.Feature] = region[condition.Feature].Intersect(condition.Values);
            }
        }

        bool excluded = When.Any(condition => condition is { Bound: FeatureBound.Value, Relation: Relation.NotEqual }
            && region[condition.Feature] is { IsEmpty: false } left && left.Low == left.High && left.Low == condition.Number);
        return excluded || Array.Exists(region, interval => interval.IsEmpty) ? null : region;
    }
}
