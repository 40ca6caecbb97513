using System.Globalization;
using System.Security;
using System.Text;

namespace Proximal.Control.Rendering;

/// <summary>A canvas of vector graphics.</summary>
public sealed class SvgCanvas : Canvas
{
    private readonly StringBuilder shapes = new();

    /// <summary>Creates a canvas without background.</summary>
    /// <inheritdoc cref="Canvas(int, int, int)"/>
    public SvgCanvas(int width, int height, int captionHeight = 0)
        : base(width, height, captionHeight)
    {
    }

    /// <summary>The drawing as a document of its own.</summary>
    public override string ToString() => $"{Opening(Width, Height)}{shapes}</svg>\n";

    /// <inheritdoc/>
    public override void Clear(Color color)
    {
        shapes.Clear();
        shapes.Append(CultureInfo.InvariantCulture, $"<rect width=\"{Width}\" height=\"{Height}\" fill=\"{color}\"/>\n");
    }

    internal static string Opening(int width, int height) => string.Create(
        CultureInfo.InvariantCulture,
        $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\">\n");

    /// <summary>The elements drawn so far; the canvas is empty afterwards.</summary>
    internal string TakeShapes()
    {
        string taken = shapes.ToString();
        shapes.Clear();
        return taken;
    }

    /// <inheritdoc/>
    protected override void FillPolygon(ReadOnlySpan<Point> pixels, Color fill)
    {
        shapes.Append("<polygon points=\"");
        AppendPoints(pixels);
        shapes.Append(CultureInfo.InvariantCulture, $"\" fill=\"{fill}\"");
        Finish("fill", fill);
    }

    /// <inheritdoc/>
    protected override void FillCircle(Point center, double radius, Color fill)
    {
        shapes.Append(CultureInfo.InvariantCulture, $"<circle cx=\"{center.X:0.##}\" cy=\"{center.Y:0.##}\" r=\"{radius:0.##}\" fill=\"{fill}\"");
        Finish("fill", fill);
    }

    /// <inheritdoc/>
    protected override void StrokeLines(ReadOnlySpan<Point> pixels, double width, Color color)
    {
        shapes.Append("<polyline points=\"");
        AppendPoints(pixels);
        shapes.Append(CultureInfo.InvariantCulture, $"\" fill=\"none\" stroke=\"{color}\" stroke-width=\"{width:0.##}\" stroke-linecap=\"round\" stroke-linejoin=\"round\"");
        Finish("stroke", color);
    }

    /// <inheritdoc/>
    protected override void WriteText(Point at, double height, string text, Color color, TextAnchor anchor)
    {
        string place = anchor switch { TextAnchor.Left => "start", TextAnchor.Center => "middle", _ => "end" };
        shapes.Append(CultureInfo.InvariantCulture, $"<text x=\"{at.X:0.##}\" y=\"{at.Y + (height / 2):0.##}\" font-size=\"{height * 1.4:0.##}\" font-family=\"monospace\" text-anchor=\"{place}\" xml:space=\"preserve\" fill=\"{color}\"");
        if (color.Alpha < 255)
        {
            shapes.Append(CultureInfo.InvariantCulture, $" fill-opacity=\"{color.Alpha / 255.0:0.###}\"");
        }

        shapes.Append(CultureInfo.InvariantCulture, $">{SecurityElement.Escape(text)}</text>\n");
    }

    private void Finish(string kind, Color color)
    {
        if (color.Alpha < 255)
        {
            shapes.Append(CultureInfo.InvariantCulture, $" {kind}-opacity=\"{color.Alpha / 255.0:0.###}\"");
        }

        shapes.Append("/>\n");
    }

    private void AppendPoints(ReadOnlySpan<Point> pixels)
    {
        foreach (Point point in pixels)
        {
            shapes.Append(CultureInfo.InvariantCulture, $"{point.X:0.##},{point.Y:0.##} ");
        }

        shapes.Length -= pixels.IsEmpty ? 0 : 1;
    }
}
