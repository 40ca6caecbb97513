using Proximal.Analysis.Tests.Trees;
using Proximal.Analysis.Trees;
using Proximal.Analysis.Verification;

namespace Proximal.Analysis.Tests.Verification;

public sealed class TreeVerifierTests
{
    private const string Comfort = """
        rules:
          - name: too warm
            when: [occupants > 0, zone-temperature.low >= 20, zone-temperature.high > 23.5]
            require: heating < zone-temperature.low
          - name: too cold
            when: [occupants > 0, zone-temperature.low < 20, zone-temperature.high <= 23.5]
            require: heating > zone-temperature.high
        """;

    [Theory]
    [InlineData(24, 30, 22, null, 22)]
    [InlineData(24, 30, 25, "too warm", 23)]
    [InlineData(16, 19, 21, null, 21)]
    [InlineData(16, 19, 18, "too cold", 20)]
    public void Comfort_rules_find_and_correct_setpoints_on_the_wrong_side(double low, double high, int setpoint, string? rule, int corrected)
    {
        // occupants <= 0 | temperature <= low | temperature <= high, the leaf in question, | the rest
        DecisionTree tree = new(
            ["zone-temperature", "occupants"],
            SampleTrees.Setpoints,
            [
                new TreeNode(1, 0, 1, 2, 0, 0, 0), TreeNode.Leaf(10),
                new TreeNode(0, low, 3, 4, 0, 0, 0), TreeNode.Leaf(low < 20 ? 15 : 8),
                new TreeNode(0, high, 5, 6, 0, 0, 0), TreeNode.Leaf(setpoint - 15), TreeNode.Leaf(0),
            ]);
        RuleSet rules = RuleSetReader.Read(Comfort, tree.Features, tree.Actions);
        LeafFault? fault = TreeVerifier.Verify(tree, rules).Faults.FirstOrDefault(each => each.Leaf.Node == 5);
        Assert.Equal(rule, fault?.Rule.Name);
        TreeCorrection correction = TreeVerifier.Correct(tree, rules);
        Assert.Equal(corrected - 15, correction.Tree.Nodes[5].Action);
        Assert.Equal(rule is null, !correction.Changes.Any(change => change.Leaf.Node == 5));
    }

    [Fact]
    public void A_box_between_the_rules_is_about_neither_and_an_empty_room_may_be_warm()
    {
        DecisionTree tree = new(
            ["zone-temperature", "occupants"],
            SampleTrees.Setpoints,
            [new TreeNode(1, 0, 1, 2, 0, 0, 0), TreeNode.Leaf(15), new TreeNode(0, 19, 3, 4, 0, 0, 0), TreeNode.Leaf(15), TreeNode.Leaf(15)]);
        VerificationReport report = TreeVerifier.Verify(tree, RuleSetReader.Read(Comfort, tree.Features, tree.Actions));
        Assert.True(report.Holds);
        Assert.Equal((3, 1), (report.Leaves, report.Applications));
    }

    [Fact]
    public void After_correction_nothing_fails_and_only_failing_leaves_have_changed()
    {
        int corrected = 0;
        for (int seed = 0; seed < 30; seed++)
        {
            (DecisionTree tree, _, _) = SampleTrees.Random(seed);
            RuleSet rules = RuleSetReader.Read(
                """
                rules:
                  - { name: small means 0, when: feature-0 < 0.3, require: action = 0 }
                  - { name: large is not 0, when: [feature-0.low >= 0.7], require: [action != 0, action >= 1] }
                """,
                tree.Features,
                tree.Actions);
            VerificationReport before = TreeVerifier.Verify(tree, rules);
            TreeCorrection correction = TreeVerifier.Correct(tree, rules);
            HashSet<int> failing = [.. before.Faults.Select(fault => fault.Leaf.Node)];
            Assert.Empty(correction.Impossible);
            Assert.True(TreeVerifier.Verify(correction.Tree, rules).Holds);
            Assert.Equal(failing.Order(), correction.Changes.Select(change => change.Leaf.Node).Order());
            for (int id = 0; id < tree.Nodes.Count; id++)
            {
                Assert.Equal(failing.Contains(id), tree.Nodes[id] != correction.Tree.Nodes[id]);
            }

            TreeCorrection again = TreeVerifier.Correct(correction.Tree, rules);
            Assert.Empty(again.Changes);
            Assert.Same(correction.Tree, again.Tree);
            corrected += failing.Count;
        }

        Assert.True(corrected > 30);
    }

    [Fact]
    public void A_verified_rule_holds_at_every_input()
    {
        (DecisionTree tree, float[] inputs, _) = SampleTrees.Random(8);
        RuleSet rules = RuleSetReader.Read("rules: [ { when: [feature-0 > 0.8, feature-0 <= 0.95], require: action > feature-0 } ]", tree.Features, tree.Actions);
        DecisionTree corrected = TreeVerifier.Correct(tree, rules).Tree;
        int width = tree.Features.Count;
        for (int start = 0; start < inputs.Length; start += width)
        {
            ReadOnlySpan<float> input = inputs.AsSpan(start, width);
            Assert.True(input[0] <= 0.8f || input[0] > 0.95f || corrected.Choose(input) > input[0]);
        }
    }

    [Fact]
    public void The_region_of_a_rule_is_the_part_of_the_box_that_meets_its_conditions()
    {
        // The leaf is (20.5, infinity) x (0, infinity).
        DecisionTree tree = SampleTrees.Thermostat;
        IReadOnlyList<Interval> box = tree.Leaves()[2].Bounds;
        Assert.Null(Region("zone-temperature <= 20.5"));
        Assert.Equal(new Interval(20.5, 21), Region("zone-temperature <= 21")![0]);
        Assert.Null(Region("zone-temperature > 22, zone-temperature < 21"));
        Assert.Equal(new Interval(21, 21, true), Region("zone-temperature = 21")![0]);
        Assert.Null(Region("zone-temperature = 21, zone-temperature != 21"));
        Assert.Null(Region("zone-temperature.low > 20.5"));
        Assert.NotNull(Region("zone-temperature.low >= 20.5, occupants.high >= 1000"));

        IReadOnlyList<Interval>? Region(string conditions) =>
            RuleSetReader.Read($"rules: [ {{ when: [{conditions}], require: action = 0 }} ]", tree.Features, tree.Actions).Rules[0].Region(box);
    }

    [Theory]
    [InlineData("heating < zone-temperature", 20, true)]
    [InlineData("heating < zone-temperature", 21, false)]
    [InlineData("heating <= zone-temperature", 20, true)]
    [InlineData("heating > zone-temperature", 23, true)]
    [InlineData("heating > zone-temperature", 22, false)]
    [InlineData("heating >= zone-temperature", 22, true)]
    [InlineData("heating != zone-temperature", 20, true)]
    [InlineData("heating != zone-temperature", 22, false)]
    [InlineData("heating = zone-temperature", 22, false)]
    [InlineData("heating > 21.5", 22, true)]
    [InlineData("action = heat-22", 22, true)]
    [InlineData("action != heat-22", 22, false)]
    [InlineData("action <= 7", 22, true)]
    public void A_requirement_about_a_feature_is_about_all_its_values_in_the_region(string requirement, int setpoint, bool met)
    {
        // The region is 20 < temperature <= 22.
        DecisionTree tree = new(
            ["zone-temperature"],
            SampleTrees.Setpoints,
            [new TreeNode(0, 20, 1, 2, 0, 0, 0), TreeNode.Leaf(0), TreeNode.Leaf(setpoint - 15)]);
        RuleSet rules = RuleSetReader.Read($"rules: [ {{ when: [zone-temperature.low >= 20, zone-temperature <= 22], require: {requirement} }} ]", tree.Features, tree.Actions);
        Assert.Equal(met, TreeVerifier.Verify(tree, rules).Holds);
    }

    [Fact]
    public void A_leaf_that_no_action_can_mend_stays_and_is_told()
    {
        DecisionTree tree = SampleTrees.Thermostat;
        RuleSet rules = RuleSetReader.Read("rules: [ { name: hot, when: occupants > 0, require: heating > 40 } ]", tree.Features, tree.Actions);
        TreeCorrection correction = TreeVerifier.Correct(tree, rules);
        Assert.Same(tree, correction.Tree);
        Assert.Equal([3, 4], correction.Impossible.Select(fault => fault.Leaf.Node));
        Assert.Equal("heating > 40", correction.Impossible[0].Demand);
    }

    [Fact]
    public void A_leaf_over_parts_that_want_different_actions_is_divided_where_the_rules_say()
    {
        // (-infinity, 30.5] asks for more than 30.5 degrees, which no action heats to: below 20 the closest is 21, above it no rule speaks.
        const string rule = "rules: [ { when: [zone-temperature.low < 20], require: heating > zone-temperature.high } ]";
        DecisionTree tree = new(["zone-temperature"], SampleTrees.Setpoints, [new TreeNode(0, 30.5, 1, 2, 0, 9, 0.1), TreeNode.Leaf(3, 7), TreeNode.Leaf(0, 2)]);
        RuleSet rules = RuleSetReader.Read(rule, tree.Features, tree.Actions);
        TreeCorrection correction = TreeVerifier.Correct(tree, rules);
        Assert.Empty(correction.Impossible);
        Assert.Equal([6, 3], Assert.Single(correction.Changes).Actions);
        Assert.True(TreeVerifier.Verify(correction.Tree, rules).Holds);
        Assert.Equal([new TreeNode(0, 30.5, 1, 4, 0, 9, 0.1), new TreeNode(0, 20, 2, 3, 6, 7, 0), TreeNode.Leaf(6), TreeNode.Leaf(3), TreeNode.Leaf(0, 2)], correction.Tree.Nodes);
        Assert.Same(correction.Tree, TreeVerifier.Correct(correction.Tree, rules).Tree);
    }

    [Fact]
    public void Division_changes_only_inputs_that_the_broken_rule_is_about()
    {
        int changed = 0;
        for (int seed = 0; seed < 20; seed++)
        {
            (DecisionTree tree, float[] inputs, _) = SampleTrees.Random(seed, new() { MaximumDepth = 2 });
            RuleSet rules = RuleSetReader.Read("rules: [ { when: [feature-0 > 0.45, feature-0 < 0.65], require: action = 0 } ]", tree.Features, tree.Actions);
            TreeCorrection whole = TreeVerifier.Correct(tree, rules), divided = TreeVerifier.Correct(tree, rules, divide: true);
            Assert.True(TreeVerifier.Verify(divided.Tree, rules).Holds);
            Assert.Same(divided.Tree, TreeVerifier.Correct(divided.Tree, rules, divide: true).Tree);
            int width = tree.Features.Count;
            for (int start = 0; start < inputs.Length; start += width)
            {
                ReadOnlySpan<float> input = inputs.AsSpan(start, width);
                bool about = input[0] > 0.45f && input[0] < 0.65f;
                Assert.Equal(about ? 0 : tree.Choose(input), divided.Tree.Choose(input));
                changed += whole.Tree.Choose(input) != divided.Tree.Choose(input) ? 1 : 0;
            }
        }

        Assert.True(changed > 0);
    }

    [Fact]
    public void The_closest_action_is_measured_over_all_quantities()
    {
        ActionSet actions = new(["a", "b", "c", "d"], [new("heating", [20, 22, 24, 22]), new("cooling", [25, 29, 25, 26])]);
        DecisionTree tree = new(["t"], actions, [TreeNode.Leaf(0)]);
        RuleSet rules = RuleSetReader.Read("rules: [ { require: heating >= 22 } ]", tree.Features, actions);
        Assert.Equal(3, TreeVerifier.Correct(tree, rules).Tree.Nodes[0].Action);
    }
}
