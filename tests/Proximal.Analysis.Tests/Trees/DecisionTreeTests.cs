using Proximal.Analysis.Trees;
using Proximal.Tensors.Random;

namespace Proximal.Analysis.Tests.Trees;

public sealed class DecisionTreeTests
{
    [Fact]
    public void Inputs_at_the_threshold_go_left()
    {
        DecisionTree tree = SampleTrees.Thermostat;
        Assert.Equal(7, tree.Choose([20.5f, 3]));
        Assert.Equal(9, tree.Choose([20.500002f, 3]));
        Assert.Equal(0, tree.Choose([30, 0]));
        Assert.Equal(2, tree.Depth);
        Assert.Equal(3, tree.LeafCount);
        Assert.Equal([1, 3, 4], tree.Leaves().Select(leaf => leaf.Node));
        Assert.Equal(new Interval(20.5, double.PositiveInfinity, HasHigh: false), tree.Leaves()[2].Bounds[0]);
    }

    [Fact]
    public void Boxes_of_all_leaves_partition_the_unit_cube_and_hold_their_leafs_action()
    {
        for (int seed = 0; seed < 40; seed++)
        {
            (DecisionTree tree, float[] inputs, _) = SampleTrees.Random(seed);
            int width = tree.Features.Count;
            double[] low = new double[width], high = new double[width];
            Array.Fill(high, 1);
            IReadOnlyList<LeafBox> leaves = tree.Leaves();
            Assert.Equal(tree.LeafCount, leaves.Count);
            Assert.Equal(1, leaves.Sum(leaf => leaf.Share(low, high)), 12);
            Assert.All(leaves, leaf => Assert.True(leaf.Share(low, high) > 0));
            RandomStream random = new((ulong)seed, RandomPurpose.User, step: 1);
            for (int i = 0; i < 200; i++)
            {
                // Rows of the samples lie next to the thresholds, the others anywhere.
                float[] input = i % 2 == 0 ? inputs.AsSpan(i / 2 * width % inputs.Length, width).ToArray() : [.. Enumerable.Range(0, width).Select(k => (float)random.Uniform((i * width) + k))];
                LeafBox box = Assert.Single(leaves, leaf => leaf.Contains(input));
                Assert.Equal(tree.LeafOf(input), box.Node);
                Assert.Equal(tree.Choose(input), box.Action);
            }
        }
    }

    [Fact]
    public void A_threshold_is_in_the_left_box_alone()
    {
        IReadOnlyList<LeafBox> leaves = SampleTrees.Thermostat.Leaves();
        Assert.Equal([false, true, false], leaves.Select(leaf => leaf.Contains([20.5f, 1])));
    }

    [Fact]
    public void Nodes_that_are_no_tree_are_refused()
    {
        TreeNode leaf = TreeNode.Leaf(0), question = new(0, 0.5, 1, 2, 0, 0, 0);
        Refused("there are 0 nodes");
        Refused("its child is 2", question, leaf);
        Refused("its child is 1", question with { Right = 1 }, leaf, leaf);
        Refused("its child is 0", question with { Right = 0 }, leaf, leaf);
        Refused("no node leads to it", leaf, leaf);
        Refused("its action is 16", TreeNode.Leaf(16));
        Refused("its feature is 2", question with { Feature = 2 }, leaf, leaf);
        Refused("not finite", question with { Threshold = double.NaN }, leaf, leaf);
        List<TreeNode> chain = [];
        for (int i = 0; i <= DecisionTree.DeepestLevel; i++)
        {
            chain.Add(new TreeNode(0, -i, (2 * i) + 1, (2 * i) + 2, 0, 0, 0));
            chain.Add(leaf);
        }

        chain.Add(leaf);
        chain = [.. chain.Select((node, id) => node.IsLeaf ? node : node with { Left = id + 1, Right = id + 2 })];
        Refused("deeper than 64 questions", [.. chain]);

        static void Refused(string fault, params TreeNode[] nodes) => Assert.Contains(
            fault, Assert.Throws<ArgumentException>(() => new DecisionTree(["a", "b"], SampleTrees.Setpoints, nodes)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_are_checked()
    {
        Assert.Throws<ArgumentException>(() => new DecisionTree(["a b"], SampleTrees.Setpoints, [TreeNode.Leaf(0)]));
        Assert.Throws<ArgumentException>(() => new DecisionTree(["a", "a"], SampleTrees.Setpoints, [TreeNode.Leaf(0)]));
        Assert.Throws<ArgumentException>(() => new ActionSet(["a"], [new ActionQuantity("action", [1])]));
        Assert.Throws<ArgumentException>(() => new ActionSet(["a"], [new ActionQuantity("heat", [1, 2])]));
        Assert.Throws<ArgumentException>(() => new ActionSet([]));
    }
}
