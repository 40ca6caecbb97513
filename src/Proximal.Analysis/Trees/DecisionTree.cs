using System.Globalization;

namespace Proximal.Analysis.Trees;

/// <summary>
/// A policy that people can read and programs can verify: a binary tree of questions "is this feature at most that number?" with an action in every leaf. It
/// is immutable; nodes are named by their ids, the root is 0, and children have larger ids than their parent.
/// </summary>
public sealed class DecisionTree
{
    /// <summary>The most questions on a way from the root to a leaf.</summary>
    public const int DeepestLevel = 64;

    /// <summary>The most nodes.</summary>
    public const int MostNodes = 1 << 20;

    private readonly TreeNode[] nodes;

    /// <summary>Creates a tree.</summary>
    /// <param name="features">Name of every feature [features].</param>
    /// <param name="actions">What leaves decide among.</param>
    /// <param name="nodes">The nodes by id.</param>
    /// <exception cref="ArgumentException">The nodes are no tree of these features and actions; the message names the node.</exception>
    public DecisionTree(IReadOnlyList<string> features, ActionSet actions, IReadOnlyList<TreeNode> nodes)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(actions);
        ArgumentNullException.ThrowIfNull(nodes);
        if (features.Count is 0 or > FeatureNames.Most)
        {
            throw new ArgumentException($"There are {features.Count} features, expected 1 to {FeatureNames.Most}.", nameof(features));
        }

        FeatureNames.Check(features, "feature", nameof(features));
        (Features, Actions, this.nodes) = ([.. features], actions, [.. nodes]);
        Depth = CheckNodes();
    }

    /// <summary>Name of every feature.</summary>
    public IReadOnlyList<string> Features { get; }

    /// <summary>What leaves decide among.</summary>
    public ActionSet Actions { get; }

    /// <summary>The nodes by id.</summary>
    public IReadOnlyList<TreeNode> Nodes => nodes;

    /// <summary>The most questions before a decision.</summary>
    public int Depth { get; }

    /// <summary>Number of leaves.</summary>
    public int LeafCount => (nodes.Length + 1) / 2;

    /// <summary>Where the tree came from, in words; empty where nothing is known.</summary>
    public string Origin { get; init; } = "";

    /// <summary>The leaf that an input reaches.</summary>
    /// <param name="input">[features].</param>
    /// <returns>Its id.</returns>
    public int LeafOf(ReadOnlySpan<float> input)
    {
        int id = 0;
        while (nodes[id].Feature is >= 0 and int feature)
        {
            id = input[feature] <= nodes[id].Threshold ? nodes[id].Left : nodes[id].Right;
        }

        return id;
    }

    /// <summary>What the tree does.</summary>
    /// <param name="input">[features].</param>
    public int Choose(ReadOnlySpan<float> input) => nodes[LeafOf(input)].Action;

    /// <summary>What the tree does for every row.</summary>
    /// <param name="inputs">[rows, features].</param>
    /// <param name="actions">Receives the actions [rows].</param>
    public void Choose(ReadOnlySpan<float> inputs, Span<int> actions)
    {
        for (int row = 0; row < actions.Length; row++)
        {
            actions[row] = Choose(inputs.Slice(row * Features.Count, Features.Count));
        }
    }

    /// <summary>The share of rows for which the tree does what somebody else does.</summary>
    /// <param name="inputs">[rows, features].</param>
    /// <param name="actions">What the other one does [rows].</param>
    public double Agreement(ReadOnlySpan<float> inputs, ReadOnlySpan<int> actions)
    {
        int same = 0;
        for (int row = 0; row < actions.Length; row++)
        {
            same += Choose(inputs.Slice(row * Features.Count, Features.Count)) == actions[row] ? 1 : 0;
        }

        return actions.Length == 0 ? double.NaN : (double)same / actions.Length;
    }

    /// <summary>The boxes of all leaves, from left to right. They are disjoint and together hold every input.</summary>
    public IReadOnlyList<LeafBox> Leaves()
    {
        List<LeafBox> leaves = [];
        Interval[] bounds = new Interval[Features.Count];
        Array.Fill(bounds, Interval.All);
        Visit(0);
        return leaves;

        void Visit(int id)
        {
            TreeNode node = nodes[id];
            if (node.IsLeaf)
            {
                leaves.Add(new LeafBox(id, node.Action, node.Samples, [.. bounds]));
                return;
            }

            Interval before = bounds[node.Feature];
            bounds[node.Feature] = before.Intersect(new Interval(double.NegativeInfinity, node.Threshold));
            Visit(node.Left);
            bounds[node.Feature] = before.Intersect(new Interval(node.Threshold, double.PositiveInfinity, HasHigh: false));
            Visit(node.Right);
            bounds[node.Feature] = before;
        }
    }

    /// <summary>The same questions with other actions in some leaves.</summary>
    /// <param name="actions">New action by the id of a leaf.</param>
    /// <exception cref="ArgumentException">A node is no leaf, or an action does not exist.</exception>
    public DecisionTree WithActions(IReadOnlyDictionary<int, int> actions)
    {
        ArgumentNullException.ThrowIfNull(actions);
        TreeNode[] changed = [.. nodes];
        foreach ((int id, int action) in actions)
        {
            changed[id] = id >= 0 && id < nodes.Length && nodes[id].IsLeaf
                ? changed[id] with { Action = action }
                : throw new ArgumentException($"Node {id} is no leaf.", nameof(actions));
        }

        return new DecisionTree(Features, Actions, changed) { Origin = Origin };
    }

    private int CheckNodes()
    {
        if (nodes.Length is 0 or > MostNodes)
        {
            throw Fault(0, string.Create(CultureInfo.InvariantCulture, $"there are {nodes.Length} nodes, expected 1 to {MostNodes}"));
        }

        int[] levels = new int[nodes.Length];
        Array.Fill(levels, -1);
        levels[0] = 0;
        for (int id = 0; id < nodes.Length; id++)
        {
            TreeNode node = nodes[id];
            if (levels[id] < 0)
            {
                throw Fault(id, "no node leads to it");
            }

            if (node.Action < 0 || node.Action >= Actions.Count)
            {
                throw Fault(id, $"its action is {node.Action}, expected 0 to {Actions.Count - 1}");
            }

            if (node.Feature < -1 || node.Feature >= Features.Count)
            {
                throw Fault(id, $"its feature is {node.Feature}, expected -1 for a leaf or 0 to {Features.Count - 1}");
            }

            if (node.IsLeaf)
            {
                continue;
            }

            if (!double.IsFinite(node.Threshold))
            {
                throw Fault(id, "its threshold is not finite");
            }

            if (levels[id] == DeepestLevel)
            {
                throw Fault(id, $"it lies deeper than {DeepestLevel} questions");
            }

            foreach (int child in (ReadOnlySpan<int>)[node.Left, node.Right])
            {
                if (child <= id || child >= nodes.Length || levels[child] >= 0)
                {
                    throw Fault(id, $"its child is {child}, expected a later node that is nobody else's child");
                }

                levels[child] = levels[id] + 1;
            }
        }

        return levels.Max();
    }

    private static ArgumentException Fault(int id, string fault) => new(FormattableString.Invariant($"Node {id} of the tree: {fault}."));
}
