using Proximal.Analysis.Trees;
using Proximal.Tensors.Random;

namespace Proximal.Analysis.Tests.Trees;

public sealed class TreeLearnerTests
{
    [Fact]
    public void The_first_question_maximises_the_decrease_of_the_gini_impurity()
    {
        // Labels 0 0 1 1 1 0: splits after 2, 5, ... give n G = 6 - (sum of squares / n): 2: 4 - ... the best lies at 2.5 with 6 - (4/2 + (9+1)/4) = 1.5.
        DecisionTree tree = TreeLearner.Fit([1, 2, 3, 4, 5, 6], [0, 0, 1, 1, 1, 0], ["x"], ActionSet.Numbered(2), new() { MaximumDepth = 1 });
        Assert.Equal(2.5, tree.Nodes[0].Threshold);
        Assert.Equal(0.5, tree.Nodes[0].Impurity);
        Assert.Equal(6, tree.Nodes[0].Samples);
        Assert.Equal([0, 1], tree.Leaves().Select(leaf => leaf.Action));
        Assert.Equal(1 - ((9.0 + 1) / 16), tree.Nodes[2].Impurity);
    }

    [Fact]
    public void Without_limits_every_sample_is_learned()
    {
        for (int seed = 0; seed < 10; seed++)
        {
            (DecisionTree tree, float[] inputs, int[] labels) = SampleTrees.Random(seed, new TreeLearnerOptions());
            Assert.Equal(1, tree.Agreement(inputs, labels));
        }
    }

    [Fact]
    public void Exclusive_or_is_learned_although_its_first_question_gains_nothing()
    {
        float[] inputs = [0, 0, 0, 1, 1, 0, 1, 1];
        DecisionTree tree = TreeLearner.Fit(inputs, [0, 1, 1, 0], ["a", "b"], ActionSet.Numbered(2));
        Assert.Equal(1, tree.Agreement(inputs, [0, 1, 1, 0]));
        Assert.Equal((0, 0.5), (tree.Nodes[0].Feature, tree.Nodes[0].Threshold));
    }

    [Fact]
    public void Among_equal_questions_the_lower_feature_and_threshold_win_and_among_equal_actions_the_lower_one()
    {
        DecisionTree tree = TreeLearner.Fit([5, 1, 7, 2], [0, 1], ["a", "b"], ActionSet.Numbered(2));
        Assert.Equal((0, 6), (tree.Nodes[0].Feature, tree.Nodes[0].Threshold));
        Assert.Equal(0.5, TreeLearner.Fit([0, 1, 2, 3], [0, 1, 0, 1], ["a"], ActionSet.Numbered(2), new() { MaximumDepth = 1, MergeEqualLeaves = false }).Nodes[0].Threshold);
        Assert.Equal(1, TreeLearner.Fit([0, 0], [2, 1], ["a"], ActionSet.Numbered(3)).Choose([0]));
    }

    [Fact]
    public void The_order_of_samples_changes_nothing()
    {
        (DecisionTree tree, float[] inputs, int[] labels) = SampleTrees.Random(3);
        int width = tree.Features.Count;
        int[] order = [.. Enumerable.Range(0, labels.Length)];
        new RandomStream(1, RandomPurpose.User).Shuffle<int>(order);
        DecisionTree other = TreeLearner.Fit(
            [.. order.SelectMany(i => inputs.AsSpan(i * width, width).ToArray())], [.. order.Select(i => labels[i])], tree.Features, tree.Actions, new() { MaximumDepth = tree.Depth });
        Assert.Equal(tree.Nodes, other.Nodes);
    }

    [Fact]
    public void Merging_equal_leaves_changes_no_decision()
    {
        for (int seed = 0; seed < 20; seed++)
        {
            TreeLearnerOptions options = new() { MaximumDepth = 4, MinimumLeaf = 5 };
            (DecisionTree merged, float[] inputs, int[] labels) = SampleTrees.Random(seed, options);
            (DecisionTree whole, _, _) = SampleTrees.Random(seed, options with { MergeEqualLeaves = false });
            int[] first = new int[labels.Length], second = new int[labels.Length];
            merged.Choose(inputs, first);
            whole.Choose(inputs, second);
            Assert.Equal(second, first);
            Assert.True(merged.LeafCount <= whole.LeafCount);
            Assert.DoesNotContain(merged.Nodes, node => !node.IsLeaf && merged.Nodes[node.Left] is { IsLeaf: true } left && merged.Nodes[node.Right] is { IsLeaf: true } right && left.Action == right.Action);
        }
    }

    [Fact]
    public void Limits_hold()
    {
        (DecisionTree tree, _, _) = SampleTrees.Random(5, new() { MaximumDepth = 3, MinimumLeaf = 9 });
        Assert.InRange(tree.Depth, 1, 3);
        Assert.All(tree.Leaves(), leaf => Assert.True(leaf.Samples >= 9));
        Assert.Single(SampleTrees.Random(5, new() { MaximumDepth = 0 }).Tree.Nodes);
    }

    [Fact]
    public void A_threshold_between_neighbouring_singles_tells_them_apart()
    {
        float low = 1, high = MathF.BitIncrement(low);
        DecisionTree tree = TreeLearner.Fit([low, high], [0, 1], ["x"], ActionSet.Numbered(2));
        Assert.Equal((0, 1), (tree.Choose([low]), tree.Choose([high])));
    }

    [Fact]
    public void Bad_samples_are_refused()
    {
        Assert.Throws<ArgumentException>(() => TreeLearner.Fit([], [], ["x"], ActionSet.Numbered(2)));
        Assert.Throws<ArgumentException>(() => TreeLearner.Fit([1, 2, 3], [0], ["x"], ActionSet.Numbered(2)));
        Assert.Throws<ArgumentException>(() => TreeLearner.Fit([float.NaN], [0], ["x"], ActionSet.Numbered(2)));
        Assert.Throws<ArgumentException>(() => TreeLearner.Fit([1], [2], ["x"], ActionSet.Numbered(2)));
        Assert.Throws<ArgumentException>(() => TreeLearner.Fit([1], [0], ["x"], ActionSet.Numbered(2), new() { MaximumDepth = 65 }));
    }
}
