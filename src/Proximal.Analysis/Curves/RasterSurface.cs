namespace Proximal.Analysis.Curves;

/// <summary>Paints a drawing on pixels with anti-aliased edges.</summary>
internal sealed class RasterSurface : ISurface
{
    private readonly int width;
    private readonly int height;
    private readonly int ratio;
    private readonly byte[] pixels;
    private readonly float[] coverage;
    private int clipLeft;
    private int clipTop;
    private int clipRight;
    private int clipBottom;

    public RasterSurface(int width, int height, int ratio)
    {
        (this.width, this.height, this.ratio) = (width * ratio, height * ratio, ratio);
        pixels = new byte[3 * this.width * this.height];
        coverage = new float[this.width * this.height];
        Array.Fill(pixels, (byte)255);
        EndClip();
    }

    public byte[] ToPng() => PngEncoder.Encode(pixels, width, height);

    public void BeginClip(double x, double y, double width, double height)
    {
        (clipLeft, clipTop) = ((int)Math.Round(x * ratio), (int)Math.Round(y * ratio));
        (clipRight, clipBottom) = ((int)Math.Round((x + width) * ratio), (int)Math.Round((y + height) * ratio));
        (clipLeft, clipTop) = (Math.Clamp(clipLeft, 0, this.width), Math.Clamp(clipTop, 0, this.height));
        (clipRight, clipBottom) = (Math.Clamp(clipRight, clipLeft, this.width), Math.Clamp(clipBottom, clipTop, this.height));
    }

    public void EndClip() => (clipLeft, clipTop, clipRight, clipBottom) = (0, 0, width, height);

    public void Line(ReadOnlySpan<PlotPoint> points, Color color, double width, double opacity = 1)
    {
        double half = width * ratio / 2;
        bool sharp = points.Length == 2 && (points[0].X == points[1].X || points[0].Y == points[1].Y);
        for (int i = 0; i == 0 || i + 1 < points.Length; i++)
        {
            PlotPoint a = Scale(points[i]), b = Scale(points[Math.Min(i + 1, points.Length - 1)]);
            Cover(sharp ? Snap(a) : a, sharp ? Snap(b) : b, half);
        }

        Paint(points, half + 1, color, opacity);
    }

    public void Band(ReadOnlySpan<PlotPoint> upper, ReadOnlySpan<PlotPoint> lower, Color color, double opacity)
    {
        for (int i = 0; i + 1 < upper.Length; i++)
        {
            PlotPoint a = Scale(upper[i]), b = Scale(upper[i + 1]), c = Scale(lower[i]), d = Scale(lower[i + 1]);
            int first = Math.Max(clipLeft, (int)Math.Floor(a.X)), last = Math.Min(clipRight - 1, (int)Math.Floor(b.X));
            for (int x = first; x <= last; x++)
            {
                // The share of the pixel column inside this piece, and the edges at its middle.
                double from = Math.Max(x, a.X), to = Math.Min(x + 1, b.X);
                double place = b.X > a.X ? (((from + to) / 2) - a.X) / (b.X - a.X) : 0;
                CoverColumn(x, a.Y + (place * (b.Y - a.Y)), c.Y + (place * (d.Y - c.Y)), to - from);
            }
        }

        PlotPoint[] all = [.. upper, .. lower];
        Paint(all, 1, color, opacity);
    }

    public void Text(string text, double x, double y, double size, Color color, TextAnchor anchor = TextAnchor.Start, bool bold = false, bool upright = false)
    {
        double back = anchor switch
        {
            TextAnchor.Middle => StrokeFont.Measure(text, size) / 2,
            TextAnchor.End => StrokeFont.Measure(text, size),
            _ => 0,
        };
        foreach (PlotPoint[] stroke in StrokeFont.Strokes(text, size))
        {
            PlotPoint[] placed = Array.ConvertAll(
                stroke,
                point => upright ? new PlotPoint(x + point.Y, y - point.X + back) : new PlotPoint(x + point.X - back, y + point.Y));
            Line(placed, color, size * (bold ? 0.125 : 0.092));
        }
    }

    private PlotPoint Scale(PlotPoint point) => new(point.X * ratio, point.Y * ratio);

    private static PlotPoint Snap(PlotPoint point) => new(Math.Round(point.X), Math.Round(point.Y));

    /// <summary>Raises the coverage to that of a pen of radius <paramref name="half"/> drawn from a to b.</summary>
    private void Cover(PlotPoint a, PlotPoint b, double half)
    {
        double reach = half + 0.5, dx = b.X - a.X, dy = b.Y - a.Y, square = (dx * dx) + (dy * dy);
        int left = Inside(Math.Min(a.X, b.X) - reach, clipLeft, clipRight), right = Inside(Math.Max(a.X, b.X) + reach + 1, clipLeft, clipRight);
        int top = Inside(Math.Min(a.Y, b.Y) - reach, clipTop, clipBottom), bottom = Inside(Math.Max(a.Y, b.Y) + reach + 1, clipTop, clipBottom);
        for (int y = top; y < bottom; y++)
        {
            for (int x = left; x < right; x++)
            {
                double px = x + 0.5 - a.X, py = y + 0.5 - a.Y;
                double along = square == 0 ? 0 : Math.Clamp(((px * dx) + (py * dy)) / square, 0, 1);
                double distance = Math.Sqrt(Math.Pow(px - (along * dx), 2) + Math.Pow(py - (along * dy), 2));
                float covered = (float)Math.Clamp(reach - distance, 0, Math.Min(1, 2 * half));
                ref float at = ref coverage[(y * width) + x];
                at = Math.Max(at, covered);
            }
        }
    }

    /// <summary>Adds the part of a pixel column between two heights.</summary>
    private void CoverColumn(int x, double upper, double lower, double share)
    {
        int top = Inside(Math.Floor(upper), clipTop, clipBottom), bottom = Inside(Math.Ceiling(lower), clipTop, clipBottom);
        for (int y = top; y < bottom; y++)
        {
            double inside = Math.Min(y + 1, lower) - Math.Max(y, upper);
            ref float at = ref coverage[(y * width) + x];
            at = Math.Min(1, at + (float)(Math.Clamp(inside, 0, 1) * share));
        }
    }

    /// <summary>Blends the colour where there is coverage around the points, and clears the coverage.</summary>
    private void Paint(ReadOnlySpan<PlotPoint> points, double reach, Color color, double opacity)
    {
        double left = double.PositiveInfinity, top = left, right = double.NegativeInfinity, bottom = right;
        foreach (PlotPoint point in points)
        {
            PlotPoint scaled = Scale(point);
            (left, right) = (Math.Min(left, scaled.X), Math.Max(right, scaled.X));
            (top, bottom) = (Math.Min(top, scaled.Y), Math.Max(bottom, scaled.Y));
        }

        int first = Inside(left - reach - 1, clipLeft, clipRight), last = Inside(right + reach + 2, clipLeft, clipRight);
        for (int y = Inside(top - reach - 1, clipTop, clipBottom); y < Inside(bottom + reach + 2, clipTop, clipBottom); y++)
        {
            for (int x = first; x < last; x++)
            {
                ref float covered = ref coverage[(y * width) + x];
                if (covered > 0)
                {
                    Span<byte> pixel = pixels.AsSpan(3 * ((y * width) + x), 3);
                    double alpha = covered * opacity;
                    pixel[0] = (byte)Math.Round(pixel[0] + (alpha * (color.Red - pixel[0])));
                    pixel[1] = (byte)Math.Round(pixel[1] + (alpha * (color.Green - pixel[1])));
                    pixel[2] = (byte)Math.Round(pixel[2] + (alpha * (color.Blue - pixel[2])));
                    covered = 0;
                }
            }
        }
    }

    private static int Inside(double value, int low, int high) => (int)Math.Clamp(Math.Floor(value), low, high);
}
