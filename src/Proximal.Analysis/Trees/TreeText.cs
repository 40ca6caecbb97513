using System.Globalization;
using System.Text;

namespace Proximal.Analysis.Trees;

/// <summary>A tree as lines of text for a terminal.</summary>
public static class TreeText
{
    /// <summary>The lines.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="levels">Questions that are shown below each other; deeper parts are told as a number of leaves.</param>
    /// <param name="width">Columns after which lines are cut, at least 20.</param>
    /// <param name="marked">Ids of nodes that are marked with an asterisk; null for none.</param>
    public static string Write(DecisionTree tree, int levels = int.MaxValue, int width = 80, IReadOnlySet<int>? marked = null)
    {
        ArgumentNullException.ThrowIfNull(tree);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 20);
        StringBuilder text = new();
        Visit(0, "", "", 0);
        return text.ToString();

        void Visit(int id, string first, string rest, int level)
        {
            TreeNode node = tree.Nodes[id];
            if (node.IsLeaf)
            {
                Line($"{first}{tree.Actions.Names[node.Action]}{(marked?.Contains(id) == true ? " *" : "")}{Samples(node)}");
                return;
            }

            if (level >= levels)
            {
                Line($"{first}... {CountLeaves(id)} leaves{Samples(node)}");
                return;
            }

            Line(string.Create(CultureInfo.InvariantCulture, $"{first}{tree.Features[node.Feature]} <= {node.Threshold:0.####}?"));
            Visit(node.Left, rest + "├ yes: ", rest + "│ ", level + 1);
            Visit(node.Right, rest + "└ no:  ", rest + "  ", level + 1);
        }

        string Samples(TreeNode node) => node.Samples == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"  ({node.Samples})");

        void Line(string line) => text.Append(line.Length <= width ? line : line[..(width - 1)] + "…").Append('\n');

        int CountLeaves(int id) => tree.Nodes[id].IsLeaf ? 1 : CountLeaves(tree.Nodes[id].Left) + CountLeaves(tree.Nodes[id].Right);
    }
}
