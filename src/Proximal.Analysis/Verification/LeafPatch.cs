using Proximal.Analysis.Trees;

namespace Proximal.Analysis.Verification;

/// <summary>What takes the place of a failing leaf: another action, or a question with patches below it.</summary>
internal sealed class LeafPatch
{
    private readonly int action;
    private readonly int feature = -1;
    private readonly double threshold;
    private readonly LeafPatch? left;
    private readonly LeafPatch? right;

    private LeafPatch(int action) => this.action = action;

    private LeafPatch(int feature, double threshold, LeafPatch left, LeafPatch right)
    {
        (this.feature, this.threshold, this.left, this.right) = (feature, threshold, left, right);
        action = left.action;
    }

    public static LeafPatch Of(int action) => new(action);

    public static LeafPatch Of(int feature, double threshold, LeafPatch left, LeafPatch right) => new(feature, threshold, left, right);

    /// <summary>The actions of the leaves, from left to right.</summary>
    public IReadOnlyList<int> Actions() => left is null || right is null ? [action] : [.. left.Actions(), .. right.Actions()];

    /// <summary>The tree with patches in place of leaves. Where a patch has questions, ids of the nodes behind it change.</summary>
    public static DecisionTree Apply(DecisionTree tree, Dictionary<int, LeafPatch> patches)
    {
        if (patches.Values.All(patch => patch.left is null))
        {
            return tree.WithActions(patches.ToDictionary(patch => patch.Key, patch => patch.Value.action));
        }

        List<TreeNode> nodes = [];
        Visit(0);
        return new DecisionTree(tree.Features, tree.Actions, nodes) { Origin = tree.Origin };

        int Visit(int id)
        {
            TreeNode node = tree.Nodes[id];
            if (patches.TryGetValue(id, out LeafPatch? patch))
            {
                return patch.Write(nodes, node);
            }

            int place = nodes.Count;
            nodes.Add(node);
            if (!node.IsLeaf)
            {
                int left = Visit(node.Left), right = Visit(node.Right);
                nodes[place] = node with { Left = left, Right = right };
            }

            return place;
        }
    }

    /// <summary>How many training samples fall on which side of a new question is not known any more: its leaves tell none.</summary>
    private int Write(List<TreeNode> nodes, TreeNode replaced)
    {
        int place = nodes.Count;
        nodes.Add(replaced with { Action = action });
        if (left is not null && right is not null)
        {
            TreeNode unknown = TreeNode.Leaf(0);
            int leftId = left.Write(nodes, unknown), rightId = right.Write(nodes, unknown);
            nodes[place] = new TreeNode(feature, threshold, leftId, rightId, action, replaced.Samples, replaced.Impurity);
        }

        return place;
    }
}
