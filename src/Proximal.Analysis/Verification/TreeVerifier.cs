using Proximal.Analysis.Trees;

namespace Proximal.Analysis.Verification;

/// <summary>
/// Exact verification of a tree, leaf by leaf: the inputs that reach a leaf are a box, so a rule on boxes and actions is decided once for all of them. A
/// failing leaf is corrected by the closest action that satisfies every rule about it (An et al. 2024, Veri-HVAC, section 3.4; boxes are found by node ids, where the authors'
/// code confuses them with positions on a path).
/// </summary>
public static class TreeVerifier
{
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
            List<(VerificationRule Rule, IReadOnlyList<Interval> Region)> about = About(leaf, rules);
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
    /// that with the lower index. Correcting a corrected tree changes nothing.
    /// </summary>
    /// <exception cref="ArgumentException">A rule names a quantity that the actions do not have.</exception>
    public static TreeCorrection Correct(DecisionTree tree, RuleSet rules)
    {
        VerificationReport report = Verify(tree, rules);
        Dictionary<int, int> actions = [];
        List<LeafChange> changes = [];
        List<LeafFault> impossible = [];
        foreach (IGrouping<int, LeafFault> failing in report.Faults.GroupBy(fault => fault.Leaf.Node))
        {
            LeafBox leaf = failing.First().Leaf;
            if (Closest(tree.Actions, leaf, rules) is { } action)
            {
                actions[leaf.Node] = action;
                changes.Add(new LeafChange(leaf, action, [.. failing.Select(fault => fault.Rule.Name).Distinct()]));
            }
            else
            {
                impossible.AddRange(failing);
            }
        }

        return new TreeCorrection(actions.Count == 0 ? tree : tree.WithActions(actions), changes, impossible);
    }

    private static int? Closest(ActionSet actions, LeafBox leaf, RuleSet rules)
    {
        List<(VerificationRule Rule, IReadOnlyList<Interval> Region)> about = About(leaf, rules);
        int[] allowed = [.. Enumerable.Range(0, actions.Count).Where(action => about.TrueForAll(
            each => each.Rule.Require.All(requirement => requirement.IsMet(actions.Value(requirement.Quantity, action), leaf.Bounds, each.Region))))];
        return allowed.Length == 0 ? null : allowed.MinBy(action => actions.Distance(leaf.Action, action));
    }

    private static List<(VerificationRule Rule, IReadOnlyList<Interval> Region)> About(LeafBox leaf, RuleSet rules)
    {
        List<(VerificationRule, IReadOnlyList<Interval>)> about = [];
        foreach (VerificationRule rule in rules.Rules)
        {
            if (rule.Region(leaf.Bounds) is { } region)
            {
                about.Add((rule, region));
            }
        }

        return about;
    }
}
