namespace Proximal.Control.Rendering;

/// <summary>
/// What environments draw themselves on, in the coordinates of their world. The environment says which part of the world is visible; it is shown as
/// large as it fits, in the middle, without distortion. Shapes lie over the earlier ones.
/// </summary>
public abstract class Canvas
{
    private double scale = 1;
    private double originX;
    private double originY;
    private double up = 1;

    /// <summary>Creates a canvas.</summary>
    /// <param name="width">Width in pixels.</param>
    /// <param name="height">Height in pixels.</param>
    /// <param name="captionHeight">Pixels at the top that the world does not cover.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is outside 16 to 4096, or the caption leaves no room.</exception>
    protected Canvas(int width, int height, int captionHeight = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 16);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, 4096);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 16);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(height, 4096);
        ArgumentOutOfRangeException.ThrowIfNegative(captionHeight);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(captionHeight, height - 8);
        (Width, Height, CaptionHeight) = (width, height, captionHeight);
        SetWorld(0, 0, width, height - captionHeight);
    }

    /// <summary>Width in pixels.</summary>
    public int Width { get; }

    /// <summary>Height in pixels.</summary>
    public int Height { get; }

    /// <summary>Pixels at the top that the world does not cover.</summary>
    public int CaptionHeight { get; }

    /// <summary>Says which part of the world is visible. With a bottom above the top, rows count downwards as in a grid.</summary>
    /// <exception cref="ArgumentException">The part has no area or a bound is not finite.</exception>
    public void SetWorld(double left, double bottom, double right, double top)
    {
        double width = right - left, height = Math.Abs(top - bottom);
        if (!(width > 0 && height > 0 && double.IsFinite(width) && double.IsFinite(height)))
        {
            throw new ArgumentException($"The visible world from ({left}, {bottom}) to ({right}, {top}) has no area.", nameof(left));
        }

        int room = Height - CaptionHeight;
        scale = Math.Min(Width / width, room / height);
        up = top > bottom ? 1 : -1;
        originX = ((Width - (scale * width)) / 2) - (scale * left);
        originY = CaptionHeight + ((room + (scale * height)) / 2) + (scale * up * bottom);
    }

    /// <summary>Covers the whole canvas with a color, the caption included.</summary>
    public abstract void Clear(Color color);

    /// <summary>Fills a polygon.</summary>
    /// <param name="points">Its corners in order.</param>
    /// <param name="fill">Color.</param>
    public void Polygon(ReadOnlySpan<Point> points, Color fill)
    {
        Span<Point> pixels = points.Length <= 64 ? stackalloc Point[points.Length] : new Point[points.Length];
        Place(points, pixels);
        FillPolygon(pixels, fill);
    }

    /// <summary>Fills a rectangle whose sides are level.</summary>
    public void Rectangle(double left, double bottom, double right, double top, Color fill) =>
        Polygon([new(left, bottom), new(right, bottom), new(right, top), new(left, top)], fill);

    /// <summary>Fills a circle.</summary>
    /// <param name="center">Center.</param>
    /// <param name="radius">Radius in units of the world.</param>
    /// <param name="fill">Color.</param>
    public void Circle(Point center, double radius, Color fill) => FillCircle(Place(center), radius * scale, fill);

    /// <summary>Draws a line with round ends.</summary>
    /// <param name="from">One end.</param>
    /// <param name="to">The other end.</param>
    /// <param name="width">Width in units of the world; shown at least one pixel wide.</param>
    /// <param name="color">Color.</param>
    public void Line(Point from, Point to, double width, Color color) => Lines([from, to], width, color);

    /// <summary>Draws lines from point to point, with round joints and ends.</summary>
    /// <param name="points">The points in order.</param>
    /// <param name="width">Width in units of the world; shown at least one pixel wide.</param>
    /// <param name="color">Color.</param>
    public void Lines(ReadOnlySpan<Point> points, double width, Color color)
    {
        Span<Point> pixels = points.Length <= 64 ? stackalloc Point[points.Length] : new Point[points.Length];
        Place(points, pixels);
        StrokeLines(pixels, Math.Max(1, width * scale), color);
    }

    /// <summary>Writes a line of text whose vertical middle is at a point.</summary>
    /// <param name="at">Where.</param>
    /// <param name="height">Height of a capital letter in units of the world.</param>
    /// <param name="text">The text; what is not ASCII may show as a box.</param>
    /// <param name="color">Color.</param>
    /// <param name="anchor">Which part of the text lies at the point.</param>
    public void Text(Point at, double height, string text, Color color, TextAnchor anchor = TextAnchor.Center) =>
        WriteText(Place(at), height * scale, text, color, anchor);

    internal void Caption(string text, Color background, Color color)
    {
        FillPolygon([new(0, 0), new(Width, 0), new(Width, CaptionHeight), new(0, CaptionHeight)], background);
        WriteText(new Point(6, CaptionHeight / 2.0), 7 * Math.Max(1, CaptionHeight / 14), text, color, TextAnchor.Left);
    }

    /// <summary>Fills a polygon given in pixels.</summary>
    protected abstract void FillPolygon(ReadOnlySpan<Point> pixels, Color fill);

    /// <summary>Fills a circle given in pixels.</summary>
    protected abstract void FillCircle(Point center, double radius, Color fill);

    /// <summary>Draws lines given in pixels.</summary>
    protected abstract void StrokeLines(ReadOnlySpan<Point> pixels, double width, Color color);

    /// <summary>Writes text at a place given in pixels.</summary>
    protected abstract void WriteText(Point at, double height, string text, Color color, TextAnchor anchor);

    private Point Place(Point point) => new(originX + (scale * point.X), originY - (scale * up * point.Y));

    private void Place(ReadOnlySpan<Point> points, Span<Point> pixels)
    {
        for (int i = 0; i < points.Length; i++)
        {
            pixels[i] = Place(points[i]);
        }
    }
}
