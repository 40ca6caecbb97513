using Proximal.Analysis.Trees;

namespace Proximal.Analysis.Verification;

/// <summary>
/// Exact verification of a tree, leaf by leaf: the inputs that reach a leaf are a box, so a rule on boxes and actions is decided once for all of them. A
/// failing leaf is corrected by the closest action that satisfies every rule about it (An et al. 2024, Veri-HVAC, section 3.4; boxes are found by node ids, where the authors'
/// code confuses them with positions on a path).
/// </summary>
public static class TreeVerifier
{
    private const int MostDivisions = 3;
    private const int MostCuts = 8;

    /// <summary>Checks every leaf.</summary>
    /// <exception cref="ArgumentException">A rule names a quantity that the actions do not have.</exception>
    public static VerificationReport Verify(DecisionTree tree, RuleSet rules)
    {
        ArgumentNullException.ThrowIfNull(tree);
        ArgumentNullException.ThrowIfNull(rules);
        IReadOnlyList<LeafBox> leaves = tree.Leaves();
        List<LeafFault> faults = [];
        int applications = 0;
        foreach (LeafBox leaf in leaves)
        {
            List<(VerificationRule Rule, IReadOnlyList<Interval> Region)> about = About(leaf.Bounds, rules);
            applications += about.Count;
            foreach ((VerificationRule rule, IReadOnlyList<Interval> region) in about)
            {
                faults.AddRange(rule.Require
                    .Where(requirement => !requirement.IsMet(tree.Actions.Value(requirement.Quantity, leaf.Action), leaf.Bounds, region))
                    .Select(requirement => new LeafFault(leaf, rule, requirement, requirement.Describe(leaf.Bounds, region))));
            }
        }

        return new VerificationReport(leaves.Count, applications, faults);
    }

    /// <summary>
    /// Gives every failing leaf the closest action, in the sense of <see cref="ActionSet.Distance"/>, that satisfies all rules about it, among equally close ones
    /// that with the lower index. A leaf for which there is none, because its box reaches over parts that want different actions, is divided at the numbers that the conditions of
    /// the broken rules name, where the parts can then be satisfied. Correcting a corrected tree changes nothing.
    /// </summary>
    /// <param name="tree">The tree.</param>
    /// <param name="rules">The rules.</param>
    /// <param name="divide">
    /// Whether every failing leaf is divided at the values that the broken rules are about, so that only those inputs get another action: the tree grows, and changes less.
    /// </param>
    /// <exception cref="ArgumentException">A rule names a quantity that the actions do not have.</exception>
    public static TreeCorrection Correct(DecisionTree tree, RuleSet rules, bool divide = false)
    {
        VerificationReport report = Verify(tree, rules);
        Dictionary<int, LeafPatch> patches = [];
        List<LeafChange> changes = [];
        List<LeafFault> impossible = [];
        foreach (IGrouping<int, LeafFault> failing in report.Faults.GroupBy(fault => fault.Leaf.Node))
        {
            LeafBox leaf = failing.First().Leaf;
            int divisions = tree.Depth + MostDivisions <= DecisionTree.DeepestLevel ? MostDivisions : 0;
            if (Mend(tree.Actions, leaf.Bounds, leaf.Action, rules, divisions, divide) is { } patch)
            {
                patches[leaf.Node] = patch;
                changes.Add(new LeafChange(leaf, patch.Actions(), [.. failing.Select(fault => fault.Rule.Name).Distinct()]));
            }
            else
            {
                impossible.AddRange(failing);
            }
        }

        return new TreeCorrection(patches.Count == 0 ? tree : LeafPatch.Apply(tree, patches), changes, impossible);
    }

    private static LeafPatch? Mend(ActionSet actions, IReadOnlyList<Interval> bounds, int action, RuleSet rules, int divisions, bool divide)
    {
        List<(VerificationRule Rule, IReadOnlyList<Interval> Region)> about = About(bounds, rules);
        bool Keeps(int candidate, (VerificationRule Rule, IReadOnlyList<Interval> Region) each) =>
            each.Rule.Require.All(requirement => requirement.IsMet(actions.Value(requirement.Quantity, candidate), bounds, each.Region));
        List<(VerificationRule Rule, IReadOnlyList<Interval> Region)> broken = about.FindAll(each => !Keeps(action, each));
        if (broken.Count == 0)
        {
            return LeafPatch.Of(action);
        }

        Precondition[] conditions = [.. broken.SelectMany(each => each.Rule.When)];
        if (divide && Divide(conditions.Where(condition => condition.Bound == FeatureBound.Value)) is { } divided)
        {
            return divided;
        }

        int[] allowed = [.. Enumerable.Range(0, actions.Count).Where(candidate => about.TrueForAll(each => Keeps(candidate, each)))];
        return allowed.Length > 0 ? LeafPatch.Of(allowed.MinBy(candidate => actions.Distance(action, candidate))) : Divide(conditions);

        LeafPatch? Divide(IEnumerable<Precondition> at)
        {
            IEnumerable<(int Feature, double Number)> cuts = at.Select(condition => (condition.Feature, condition.Number)).Distinct()
                .Where(cut => bounds[cut.Feature].Low < cut.Number && cut.Number < bounds[cut.Feature].High).Take(divisions == 0 ? 0 : MostCuts);
            foreach ((int feature, double number) in cuts)
            {
                Interval[] below = [.. bounds], above = [.. bounds];
                below[feature] = below[feature].Intersect(new Interval(double.NegativeInfinity, number));
                above[feature] = above[feature].Intersect(new Interval(number, double.PositiveInfinity, HasHigh: false));
                if (Mend(actions, below, action, rules, divisions - 1, divide) is { } left && Mend(actions, above, action, rules, divisions - 1, divide) is { } right)
                {
                    return LeafPatch.Of(feature, number, left, right);
                }
            }

            return null;
        }
    }

    private static List<(VerificationRule Rule, IReadOnlyList<Interval> Region)> About(IReadOnlyList<Interval> bounds, RuleSet rules)
    {
        List<(VerificationRule, IReadOnlyList<Interval>)> about = [];
        foreach (VerificationRule rule in rules.Rules)
        {
            if (rule.Region(bounds) is { } region)
            {
                about.Add((rule, region));
            }
        }

        return about;
    }
}
