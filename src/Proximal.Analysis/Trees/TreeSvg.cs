using System.Globalization;
using Proximal.Analysis.Curves;

namespace Proximal.Analysis.Trees;

/// <summary>A tree as a picture.</summary>
public static class TreeSvg
{
    private const int BoxWidth = 152;
    private const int BoxHeight = 40;
    private const int GapX = 12;
    private const int GapY = 34;
    private const int Margin = 16;
    private const int TitleHeight = 26;

    /// <summary>A self-contained SVG document.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="title">Its title.</param>
    /// <param name="levels">Questions that are shown below each other, 0 to 12; deeper parts are told as a number of leaves.</param>
    /// <param name="marked">Ids of leaves that stand out, as those that were corrected; null for none.</param>
    public static string Write(DecisionTree tree, string title, int levels = 5, IReadOnlySet<int>? marked = null)
    {
        ArgumentNullException.ThrowIfNull(tree);
        ArgumentNullException.ThrowIfNull(title);
        ArgumentOutOfRangeException.ThrowIfNegative(levels);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(levels, 12);
        List<(int Node, int Level, double X)> placed = [];
        int columns = 0;
        Place(0, 0);
        int depth = placed.Max(place => place.Level);
        SvgSurface surface = new((2 * Margin) + (columns * (BoxWidth + GapX)) - GapX, (2 * Margin) + TitleHeight + ((depth + 1) * (BoxHeight + GapY)) - GapY, title);
        surface.Text(title, Margin, Margin + 12, 15, Color.Text, TextAnchor.Start, bold: true);
        Dictionary<int, (double X, double Y)> centres = placed.ToDictionary(
            place => place.Node, place => (place.X, (double)(Margin + TitleHeight + (place.Level * (BoxHeight + GapY)))));
        foreach ((int id, int level, _) in placed)
        {
            TreeNode node = tree.Nodes[id];
            (double x, double y) = centres[id];
            if (!node.IsLeaf && level < levels)
            {
                Connect(surface, x, y, centres[node.Left], "yes");
                Connect(surface, x, y, centres[node.Right], "no");
            }

            DrawBox(surface, tree, id, level >= levels, x, y, marked?.Contains(id) == true);
        }

        return surface.ToString();

        double Place(int id, int level)
        {
            int index = placed.Count;
            placed.Add(default);
            TreeNode node = tree.Nodes[id];
            double x = node.IsLeaf || level == levels
                ? Margin + (columns++ * (BoxWidth + GapX)) + (BoxWidth / 2.0)
                : (Place(node.Left, level + 1) + Place(node.Right, level + 1)) / 2;
            placed[index] = (id, level, x);
            return x;
        }
    }

    private static void Connect(SvgSurface surface, double x, double y, (double X, double Y) child, string answer)
    {
        surface.Line([new PlotPoint(x, y + BoxHeight), new PlotPoint(child.X, child.Y)], Color.AxisLine, 1.2);
        double share = 0.55;
        surface.Text(answer, x + (share * (child.X - x)) + (child.X < x ? -4 : 4), y + BoxHeight + (share * GapY), 10, Color.FaintText, child.X < x ? TextAnchor.End : TextAnchor.Start);
    }

    private static void DrawBox(SvgSurface surface, DecisionTree tree, int id, bool cut, double x, double y, bool isMarked)
    {
        TreeNode node = tree.Nodes[id];
        Color color = isMarked ? Color.OfSeries(1) : node.IsLeaf ? Color.OfSeries(2) : Color.OfSeries(0);
        double left = x - (BoxWidth / 2.0), right = x + (BoxWidth / 2.0);
        surface.Band([new PlotPoint(left, y), new PlotPoint(right, y)], [new PlotPoint(left, y + BoxHeight), new PlotPoint(right, y + BoxHeight)], color, node.IsLeaf ? 0.22 : 0.1);
        surface.Line([new(left, y), new(right, y), new(right, y + BoxHeight), new(left, y + BoxHeight), new(left, y)], color, isMarked ? 2 : 1);
        string upper = node.IsLeaf ? tree.Actions.Names[node.Action] : cut ? "..." : tree.Features[node.Feature];
        string lower = node.IsLeaf || cut ? "" : string.Create(CultureInfo.InvariantCulture, $"<= {node.Threshold:0.##} ?  ");
        surface.Text(Fit(upper), x, y + 16, 11.5, Color.Text, TextAnchor.Middle, bold: node.IsLeaf);
        string samples = node.Samples == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{node.Samples} samples");
        surface.Text(lower + samples, x, y + 32, 10.5, Color.FaintText, TextAnchor.Middle);
    }

    private static string Fit(string text) => text.Length <= 22 ? text : text[..21] + "…";
}
