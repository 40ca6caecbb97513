using Proximal.Analysis.Trees;
using Proximal.Tensors.Random;

namespace Proximal.Analysis.Tests.Trees;

/// <summary>Trees that several tests look at.</summary>
internal static class SampleTrees
{
    public static ActionSet Setpoints { get; } = new(
        [.. Enumerable.Range(15, 16).Select(t => $"heat-{t}")], [new ActionQuantity("heating", [.. Enumerable.Range(15, 16).Select(t => (double)t)])]);

    /// <summary>if occupants at most 0: 15; else temperature at most 20.5: 22, else 24.</summary>
    public static DecisionTree Thermostat { get; } = new(
        ["zone-temperature", "occupants"],
        Setpoints,
        [new TreeNode(1, 0, 1, 2, 0, 100, 0.6), TreeNode.Leaf(0, 40), new TreeNode(0, 20.5, 3, 4, 7, 60, 0.3), TreeNode.Leaf(7, 50), TreeNode.Leaf(9, 10)])
    {
        Origin = "written by hand",
    };

    /// <summary>A tree of three features whose source is among the tests.</summary>
    public static DecisionTree Generated { get; } = Enumerable.Range(0, 100)
        .Select(seed => Random(seed, new() { MaximumDepth = 4, MinimumLeaf = 5 }).Tree)
        .First(tree => tree is { Features.Count: 3, LeafCount: > 6 });

    /// <summary>A tree of random samples in the unit cube, with the samples.</summary>
    public static (DecisionTree Tree, float[] Inputs, int[] Labels) Random(int seed, TreeLearnerOptions? options = null)
    {
        RandomStream random = new((ulong)seed, RandomPurpose.User);
        int features = 1 + random.Integer(0, 4), samples = 20 + random.Integer(1, 200), actions = 2 + random.Integer(2, 4);
        float[] inputs = new float[samples * features];
        int[] labels = new int[samples];
        for (int i = 0; i < inputs.Length; i++)
        {
            inputs[i] = (float)random.Uniform(100 + i);
        }

        for (int i = 0; i < samples; i++)
        {
            double noise = random.Uniform(1_000_000 + i);
            labels[i] = noise < 0.2 ? random.Integer(2_000_000 + i, actions) : (int)(inputs[i * features] * actions);
        }

        DecisionTree tree = TreeLearner.Fit(
            inputs, labels, [.. Enumerable.Range(0, features).Select(i => $"feature-{i}")], ActionSet.Numbered(actions), options ?? new TreeLearnerOptions { MaximumDepth = 1 + (seed % 12) });
        return (tree, inputs, labels);
    }
}
