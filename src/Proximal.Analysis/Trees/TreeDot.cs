using System.Globalization;
using System.Text;

namespace Proximal.Analysis.Trees;

/// <summary>A tree in the language of Graphviz: <c>dot -Tsvg tree.dot</c> draws it.</summary>
public static class TreeDot
{
    /// <summary>The drawing's text.</summary>
    public static string Write(DecisionTree tree)
    {
        ArgumentNullException.ThrowIfNull(tree);
        StringBuilder text = new("digraph tree {\n    node [shape=box, style=\"rounded,filled\", fillcolor=\"#eef2f7\", fontname=\"sans-serif\"];\n");
        for (int id = 0; id < tree.Nodes.Count; id++)
        {
            TreeNode node = tree.Nodes[id];
            string label = node.IsLeaf ? tree.Actions.Names[node.Action] : string.Create(CultureInfo.InvariantCulture, $"{tree.Features[node.Feature]} <= {node.Threshold:0.####}");
            string fill = node.IsLeaf ? ", fillcolor=\"#d9efe7\"" : "";
            text.Append(CultureInfo.InvariantCulture, $"    n{id} [label=\"{Escape(label)}\\n{node.Samples} samples\"{fill}];\n");
            if (!node.IsLeaf)
            {
                text.Append(CultureInfo.InvariantCulture, $"    n{id} -> n{node.Left} [label=\"yes\"];\n    n{id} -> n{node.Right} [label=\"no\"];\n");
            }
        }

        return text.Append("}\n").ToString();
    }

    private static string Escape(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
}
