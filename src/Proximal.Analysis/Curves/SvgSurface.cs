using System.Globalization;
using System.Text;

namespace Proximal.Analysis.Curves;

/// <summary>Writes a drawing as a self-contained SVG document. All text is escaped.</summary>
internal sealed class SvgSurface : ISurface
{
    private const string Fonts = "system-ui,-apple-system,'Segoe UI',Roboto,'DejaVu Sans',sans-serif";

    private readonly StringBuilder document = new();
    private readonly string? id;
    private int clips;

    /// <summary>Begins a drawing.</summary>
    /// <param name="width">Width.</param>
    /// <param name="height">Height.</param>
    /// <param name="title">What screen readers say.</param>
    /// <param name="id">For a drawing inside a page: what its names begin with. It then takes the page's background, colours and width. Null for a document.</param>
    public SvgSurface(int width, int height, string title, string? id = null)
    {
        this.id = id;
        string size = id is null ? string.Create(CultureInfo.InvariantCulture, $" width=\"{width}\" height=\"{height}\"") : "";
        Append($"<svg xmlns=\"http://www.w3.org/2000/svg\"{size} viewBox=\"0 0 {width} {height}\" role=\"img\"");
        Append($" font-family=\"{Fonts}\">\n<title>{Escape(title)}</title>\n");
        if (id is null)
        {
            Append($"<rect width=\"{width}\" height=\"{height}\" fill=\"{Color.Background}\"/>\n");
        }
    }

    public void BeginClip(double x, double y, double width, double height)
    {
        clips++;
        Append($"<clipPath id=\"{id}clip{clips}\"><rect x=\"{x:0.##}\" y=\"{y:0.##}\" width=\"{width:0.##}\" height=\"{height:0.##}\"/></clipPath>\n");
        Append($"<g clip-path=\"url(#{id}clip{clips})\">\n");
    }

    public void EndClip() => document.Append("</g>\n");

    public void Line(ReadOnlySpan<PlotPoint> points, Color color, double width, double opacity = 1)
    {
        document.Append("<path d=\"");
        AppendPath(points, 'M');
        if (points.Length == 1)
        {
            document.Append("h0");
        }

        Append($"\" fill=\"none\" stroke=\"{Paint(color)}\" stroke-width=\"{width:0.##}\" stroke-linejoin=\"round\" stroke-linecap=\"round\"");
        Append($"{(opacity < 1 ? string.Create(CultureInfo.InvariantCulture, $" stroke-opacity=\"{opacity:0.##}\"") : "")}/>\n");
    }

    public void Band(ReadOnlySpan<PlotPoint> upper, ReadOnlySpan<PlotPoint> lower, Color color, double opacity)
    {
        PlotPoint[] back = lower.ToArray();
        Array.Reverse(back);
        document.Append("<path d=\"");
        AppendPath(upper, 'M');
        AppendPath(back, 'L');
        Append($"Z\" fill=\"{Paint(color)}\" fill-opacity=\"{opacity:0.##}\"/>\n");
    }

    public void Text(string text, double x, double y, double size, Color color, TextAnchor anchor = TextAnchor.Start, bool bold = false, bool upright = false)
    {
        string ends = anchor switch
        {
            TextAnchor.Middle => " text-anchor=\"middle\"",
            TextAnchor.End => " text-anchor=\"end\"",
            _ => "",
        };
        string turn = upright ? string.Create(CultureInfo.InvariantCulture, $" transform=\"rotate(-90 {x:0.##} {y:0.##})\"") : "";
        Append($"<text x=\"{x:0.##}\" y=\"{y:0.##}\" font-size=\"{size:0.##}\" fill=\"{Paint(color)}\"{ends}{(bold ? " font-weight=\"600\"" : "")}{turn}>");
        document.Append(Escape(text)).Append("</text>\n");
    }

    public override string ToString() => document + "</svg>\n";

    private string Paint(Color color) => id is null ? color.ToString() : color.ToVariable();

    private static string Escape(string text)
    {
        StringBuilder escaped = new(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            _ = rune.Value switch
            {
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                '&' => escaped.Append("&amp;"),
                '"' => escaped.Append("&quot;"),
                '\'' => escaped.Append("&#39;"),
                0xFFFE or 0xFFFF => escaped.Append('\uFFFD'),
                _ => Rune.IsControl(rune) ? escaped.Append(' ') : escaped.Append(rune.ToString()),
            };
        }

        return escaped.ToString();
    }

    private void Append(FormattableString text) => document.Append(text.ToString(CultureInfo.InvariantCulture));

    private void AppendPath(ReadOnlySpan<PlotPoint> points, char command)
    {
        foreach (PlotPoint point in points)
        {
            Append($"{command}{point.X:0.##} {point.Y:0.##}");
            command = 'L';
        }
    }
}
