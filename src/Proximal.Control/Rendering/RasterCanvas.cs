namespace Proximal.Control.Rendering;

/// <summary>A canvas of pixels: shapes are filled in software, with smooth edges.</summary>
public sealed class RasterCanvas : Canvas
{
    private readonly CoverageMask mask;

    /// <summary>Creates a white canvas.</summary>
    /// <inheritdoc cref="Canvas(int, int, int)"/>
    public RasterCanvas(int width, int height, int captionHeight = 0)
        : base(width, height, captionHeight)
    {
        Picture = new Picture(width, height);
        mask = new CoverageMask(width, height);
        Clear(Color.White);
    }

    /// <summary>What was drawn.</summary>
    public Picture Picture { get; }

    /// <inheritdoc/>
    public override void Clear(Color color)
    {
        Span<byte> pixels = Picture.Pixels;
        for (int i = 0; i < pixels.Length; i += 3)
        {
            (pixels[i], pixels[i + 1], pixels[i + 2]) = (color.Red, color.Green, color.Blue);
        }
    }

    /// <inheritdoc/>
    protected override void FillPolygon(ReadOnlySpan<Point> pixels, Color fill)
    {
        mask.Add(pixels);
        mask.Paint(Picture, fill);
    }

    /// <inheritdoc/>
    protected override void FillCircle(Point center, double radius, Color fill)
    {
        mask.AddCircle(center, radius);
        mask.Paint(Picture, fill);
    }

    /// <inheritdoc/>
    protected override void StrokeLines(ReadOnlySpan<Point> pixels, double width, Color color)
    {
        double half = width / 2;
        for (int i = 0; i + 1 < pixels.Length; i++)
        {
            (Point from, Point to) = (pixels[i], pixels[i + 1]);
            (double x, double y) = (to.X - from.X, to.Y - from.Y);
            double length = Math.Sqrt((x * x) + (y * y));
            if (length > 0)
            {
                (double sideX, double sideY) = (-y * half / length, x * half / length);
                mask.Add([new(from.X - sideX, from.Y - sideY), new(to.X - sideX, to.Y - sideY), new(to.X + sideX, to.Y + sideY), new(from.X + sideX, from.Y + sideY)]);
            }
        }

        if (width > 1.5)
        {
            foreach (Point point in pixels)
            {
                mask.AddCircle(point, half);
            }
        }

        mask.Paint(Picture, color);
    }

    /// <inheritdoc/>
    protected override void WriteText(Point at, double height, string text, Color color, TextAnchor anchor)
    {
        double dot = height / PixelFont.CapitalHeight;
        double width = dot * ((PixelFont.Advance * text.Length) - 1);
        double left = at.X - (anchor switch { TextAnchor.Left => 0, TextAnchor.Center => width / 2, _ => width }), top = at.Y - (height / 2);
        if (dot == Math.Floor(dot))
        {
            (left, top) = (Math.Round(left), Math.Round(top));
        }

        for (int i = 0; i < text.Length; i++)
        {
            for (int column = 0; column < PixelFont.Columns; column++)
            {
                double x = left + (dot * ((PixelFont.Advance * i) + column));
                int bits = PixelFont.Column(text[i], column);
                for (int row = 0; row < PixelFont.Rows; row++)
                {
                    int start = row;
                    while (((bits >> row) & 1) != 0)
                    {
                        row++;
                    }

                    if (row > start)
                    {
                        mask.Add([new(x, top + (dot * start)), new(x + dot, top + (dot * start)), new(x + dot, top + (dot * row)), new(x, top + (dot * row))]);
                    }
                }
            }
        }

        mask.Paint(Picture, color);
    }
}
