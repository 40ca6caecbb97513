namespace Proximal.Control.Rendering;

/// <summary>
/// The share of every pixel that shapes cover, exact for shapes that do not cross themselves: each edge adds its signed area to the pixels of the
/// rows it passes, and a running sum along the row gives the share (the accumulation buffer of font rasterizers).
/// </summary>
internal sealed class CoverageMask
{
    private readonly int width;
    private readonly int height;
    private readonly int stride;
    private readonly float[] areas;
    private int firstRow;
    private int endRow;

    public CoverageMask(int width, int height)
    {
        (this.width, this.height, stride, firstRow) = (width, height, width + 2, height);
        areas = new float[stride * height];
    }

    /// <summary>Adds a polygon. Polygons of the same winding that overlap give their union.</summary>
    public void Add(ReadOnlySpan<Point> points)
    {
        for (int i = 0; i < points.Length; i++)
        {
            Add(points[i], points[i + 1 == points.Length ? 0 : i + 1]);
        }
    }

    /// <summary>Adds a circle as a polygon of counter-clockwise winding (with y down: clockwise on the screen).</summary>
    public void AddCircle(Point center, double radius)
    {
        int sides = (int)Math.Clamp(Math.Ceiling(12 * Math.Sqrt(radius)), 8, 512);
        Point last = new(center.X + radius, center.Y);
        for (int i = 1; i <= sides; i++)
        {
            (double sine, double cosine) = Math.SinCos(2 * Math.PI * i / sides);
            Point next = i == sides ? new Point(center.X + radius, center.Y) : new Point(center.X + (radius * cosine), center.Y + (radius * sine));
            Add(last, next);
            last = next;
        }
    }

    /// <summary>Lays a color over the covered pixels and empties the mask.</summary>
    public void Paint(Picture picture, Color color)
    {
        Span<byte> pixels = picture.Pixels;
        for (int y = firstRow; y < endRow; y++)
        {
            Span<float> row = areas.AsSpan(y * stride, stride);
            float sum = 0;
            for (int x = 0; x < width; x++)
            {
                sum += row[x];
                float opacity = Math.Min(Math.Abs(sum), 1) * color.Alpha / 255f;
                if (opacity > 1f / 512)
                {
                    int at = 3 * ((y * width) + x);
                    pixels[at] = Blend(pixels[at], color.Red, opacity);
                    pixels[at + 1] = Blend(pixels[at + 1], color.Green, opacity);
                    pixels[at + 2] = Blend(pixels[at + 2], color.Blue, opacity);
                }
            }

            row.Clear();
        }

        (firstRow, endRow) = (height, 0);
    }

    private static byte Blend(byte under, byte over, float opacity) => (byte)MathF.Round(under + ((over - under) * opacity));

    private void Add(Point from, Point to)
    {
        float direction = 1;
        if (from.Y > to.Y)
        {
            (from, to, direction) = (to, from, -1);
        }

        double top = Math.Max(from.Y, 0), bottom = Math.Min(to.Y, height);
        if (!(top < bottom) || !double.IsFinite(from.X + to.X))
        {
            return;
        }

        double slope = (to.X - from.X) / (to.Y - from.Y);
        double x = from.X + ((top - from.Y) * slope);
        int first = (int)top, end = (int)Math.Ceiling(bottom);
        (firstRow, endRow) = (Math.Min(firstRow, first), Math.Max(endRow, end));
        for (int y = first; y < end; y++)
        {
            double rise = Math.Min(y + 1, bottom) - Math.Max(y, top);
            double next = x + (slope * rise);
            AddToRow(areas.AsSpan(y * stride, stride), Math.Clamp(Math.Min(x, next), 0, width), Math.Clamp(Math.Max(x, next), 0, width), (float)rise * direction);
            x = next;
        }
    }

    private static void AddToRow(Span<float> row, double left, double right, float area)
    {
        int first = (int)left, end = (int)Math.Ceiling(right);
        if (end <= first + 1)
        {
            float share = (float)(((left + right) / 2) - first);
            row[first] += area * (1 - share);
            row[first + 1] += area * share;
            return;
        }

        // The edge crosses several pixels: what it covers of each is a triangle at both ends and a slice of equal size in between.
        double perPixel = 1 / (right - left);
        double covered = 0;
        for (int x = first; x < end; x++)
        {
            double enters = Math.Max(left, x), leaves = Math.Min(right, x + 1);
            double passed = (leaves - enters) * perPixel;
            double here = passed * (x + 1 - ((enters + leaves) / 2));
            row[x] += area * (float)(here + covered);
            covered = passed - here;
        }

        row[end] += area * (float)covered;
    }
}
