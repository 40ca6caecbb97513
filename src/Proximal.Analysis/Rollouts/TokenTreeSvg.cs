using System.Globalization;
using System.Text;
using Proximal.Models.Generation;
using Proximal.Models.Tokenizers;

namespace Proximal.Analysis.Rollouts;

/// <summary>
/// Draws a token tree as a self-contained SVG document: a box a segment, from the prompt on the left to the leaves on the right, with its origin, its number of tokens and its text. What is trained
/// has a solid frame, what is masked a dashed one. All text is escaped.
/// </summary>
public static class TokenTreeSvg
{
    private const int LineLength = 24, MostLines = 4, MostSegments = 4096;
    private const double BoxWidth = 196, Gap = 34, RowGap = 16, LineHeight = 15, Head = 22, Margin = 18, Legend = 40;

    private static readonly (SegmentOrigin Origin, string Name, string Fill, string Stroke)[] Styles =
    [
        (SegmentOrigin.Prompt, "prompt", "#eceff3", "#64748b"),
        (SegmentOrigin.Policy, "policy", "#dbeafe", "#2563eb"),
        (SegmentOrigin.Environment, "environment", "#fef3c7", "#b45309"),
        (SegmentOrigin.Teacher, "teacher", "#dcfce7", "#15803d"),
        (SegmentOrigin.Hint, "hint", "#f3e8ff", "#7e22ce"),
        (SegmentOrigin.Probe, "probe", "#ffe4e6", "#be123c"),
    ];

    /// <summary>Draws the whole tree.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="tokenizer">Gives segments their text.</param>
    /// <exception cref="ArgumentException">More than 4,096 segments.</exception>
    public static string Write(TokenTree tree, ITokenizer tokenizer)
    {
        ArgumentNullException.ThrowIfNull(tree);
        ArgumentNullException.ThrowIfNull(tokenizer);
        if (tree.Segments.Count > MostSegments)
        {
            throw new ArgumentException($"The tree has {tree.Segments.Count} segments, expected at most {MostSegments} in a picture.", nameof(tree));
        }

        Box[] boxes = [.. tree.Segments.Select(segment => new Box(segment, Wrap(tokenizer.Decode(segment.Tokens))))];
        double height = Place(boxes) + Margin, width = (2 * Margin) + boxes.Max(box => box.X) - Margin + BoxWidth;
        StringBuilder svg = new();
        Append(svg, $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:0}\" height=\"{height:0}\" viewBox=\"0 0 {width:0} {height:0}\" role=\"img\" font-family=\"system-ui,-apple-system,'Segoe UI',Roboto,'DejaVu Sans',sans-serif\">\n");
        Append(svg, $"<title>Token tree of {boxes.Length} segments</title>\n<rect width=\"{width:0}\" height=\"{height:0}\" fill=\"#ffffff\"/>\n");
        WriteLegend(svg, boxes);
        foreach (Box box in boxes.Where(box => box.Segment.Parent >= 0))
        {
            WriteEdge(svg, boxes[box.Segment.Parent], box);
        }

        foreach (Box box in boxes)
        {
            WriteBox(svg, box);
        }

        return svg.Append("</svg>\n").ToString();
    }

    /// <summary>Leaves get rows of their own from the top; every other segment stands at the middle of its first and last child. Children come after their parents, so one pass back is enough.</summary>
    private static double Place(Box[] boxes)
    {
        foreach (Box box in boxes)
        {
            box.X = box.Segment.Parent < 0 ? Margin : boxes[box.Segment.Parent].X + BoxWidth + Gap;
        }

        double bottom = Margin + Legend;
        Stack<int> open = new([0]);
        ILookup<int, int> children = boxes.Skip(1).ToLookup(box => box.Segment.Parent, box => box.Segment.Index);
        while (open.TryPop(out int at))
        {
            if (boxes[at].Segment.Children == 0)
            {
                boxes[at].Y = bottom;
                bottom += boxes[at].Height + RowGap;
            }

            foreach (int child in children[at].Reverse())
            {
                open.Push(child);
            }
        }

        foreach (Box box in boxes.Reverse().Where(box => box.Segment.Children > 0))
        {
            Box first = boxes[children[box.Segment.Index].First()], last = boxes[children[box.Segment.Index].Last()];
            box.Y = ((first.Y + (first.Height / 2) + last.Y + (last.Height / 2)) / 2) - (box.Height / 2);
        }

        // A tall parent of short leaves may stand out at the top; then everything moves down.
        double above = Margin + Legend - boxes.Min(box => box.Y);
        foreach (Box box in boxes)
        {
            box.Y += above;
        }

        return boxes.Max(box => box.Y + box.Height);
    }

    private static void WriteLegend(StringBuilder svg, Box[] boxes)
    {
        double x = Margin;
        foreach ((SegmentOrigin origin, string name, string fill, string stroke) in Styles.Where(style => Array.Exists(boxes, box => box.Segment.Origin == style.Origin)))
        {
            Append(svg, $"<rect x=\"{x:0.#}\" y=\"{Margin}\" width=\"14\" height=\"14\" rx=\"3\" fill=\"{fill}\" stroke=\"{stroke}\"{Dash(origin)}/>\n");
            string text = IsTrained(origin) ? $"{name}, trained" : $"{name}, masked";
            Append(svg, $"<text x=\"{x + 20:0.#}\" y=\"{Margin + 12}\" font-size=\"12\" fill=\"#1f2937\">{text}</text>\n");
            x += 34 + (7 * text.Length);
        }
    }

    private static void WriteEdge(StringBuilder svg, Box parent, Box child)
    {
        double fromX = parent.X + BoxWidth, fromY = parent.Y + (parent.Height / 2), toY = child.Y + (child.Height / 2), middle = (fromX + child.X) / 2;
        Append(svg, $"<path d=\"M{fromX:0.#} {fromY:0.#}C{middle:0.#} {fromY:0.#} {middle:0.#} {toY:0.#} {child.X:0.#} {toY:0.#}\" fill=\"none\" stroke=\"#94a3b8\" stroke-width=\"1.5\"/>\n");
    }

    private static void WriteBox(StringBuilder svg, Box box)
    {
        (_, string name, string fill, string stroke) = Styles.First(style => style.Origin == box.Segment.Origin);
        Append(svg, $"<rect x=\"{box.X:0.#}\" y=\"{box.Y:0.#}\" width=\"{BoxWidth}\" height=\"{box.Height:0.#}\" rx=\"6\" fill=\"{fill}\" stroke=\"{stroke}\" stroke-width=\"1.3\"{Dash(box.Segment.Origin)}/>\n");
        string end = box.Segment.Children == 0 && box.Segment.End != EndReason.Open ? $", {box.Segment.End.ToString().ToLowerInvariant()}" : "";
        string tokens = box.Segment.Tokens.Length == 1 ? "1 token" : string.Create(CultureInfo.InvariantCulture, $"{box.Segment.Tokens.Length} tokens");
        Append(svg, $"<text x=\"{box.X + 8:0.#}\" y=\"{box.Y + 15:0.#}\" font-size=\"11\" fill=\"{stroke}\">{name} \u00b7 {tokens}{end}</text>\n");
        for (int line = 0; line < box.Lines.Count; line++)
        {
            Append(svg, $"<text x=\"{box.X + 8:0.#}\" y=\"{box.Y + Head + 9 + (line * LineHeight):0.#}\" font-size=\"12\" font-family=\"ui-monospace,'DejaVu Sans Mono',monospace\" fill=\"#111827\" xml:space=\"preserve\">{Escape(box.Lines[line])}</text>\n");
        }
    }

    private static List<string> Wrap(string text)
    {
        List<string> lines = [];
        for (int at = 0; at < text.Length && lines.Count < MostLines; at += LineLength)
        {
            bool isCut = lines.Count == MostLines - 1 && text.Length - at > LineLength;
            lines.Add(isCut ? string.Concat(text.AsSpan(at, LineLength - 1), "\u2026") : text.Substring(at, Math.Min(LineLength, text.Length - at)));
        }

        return lines;
    }

    private static bool IsTrained(SegmentOrigin origin) => origin is SegmentOrigin.Policy or SegmentOrigin.Probe;

    private static string Dash(SegmentOrigin origin) => IsTrained(origin) ? "" : " stroke-dasharray=\"4 3\"";

    private static string Escape(string text)
    {
        StringBuilder escaped = new(text.Length);
        foreach (char c in text)
        {
            escaped.Append(c switch
            {
                '&' => "&amp;",
                '<' => "&lt;",
                '>' => "&gt;",
                '"' => "&quot;",
                '\n' => "\u21b5",
                _ when char.IsControl(c) || char.IsSurrogate(c) || c >= '\ufffe' => "\u00b7",
                _ => c.ToString(),
            });
        }

        return escaped.ToString();
    }

    private static void Append(StringBuilder svg, FormattableString text) => svg.Append(text.ToString(CultureInfo.InvariantCulture));

    private sealed class Box(TokenSegment segment, List<string> lines)
    {
        public TokenSegment Segment { get; } = segment;

        public List<string> Lines { get; } = lines;

        public double Height { get; } = Head + (LineHeight * Math.Max(1, lines.Count)) + 4;

        public double X { get; set; }

        public double Y { get; set; }
    }
}
