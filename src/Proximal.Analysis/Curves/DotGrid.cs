namespace Proximal.Analysis.Curves;

/// <summary>Dots of a terminal picture: a character cell holds two columns of four (a Braille pattern).</summary>
internal sealed class DotGrid(int columns, int rows)
{
    private readonly byte[] cells = new byte[columns * rows];

    // Bits of the Unicode Braille patterns, by row of the cell.
    private static ReadOnlySpan<byte> LeftBits => [0x01, 0x02, 0x04, 0x40];

    private static ReadOnlySpan<byte> RightBits => [0x08, 0x10, 0x20, 0x80];

    public byte this[int column, int row] => cells[(row * columns) + column];

    /// <summary>Draws a line between places in [0, 1] x [0, 1], y pointing up; what lies outside is left out.</summary>
    public void Line(PlotPoint from, PlotPoint to)
    {
        double x0 = from.X * ((2 * columns) - 1), y0 = (1 - from.Y) * ((4 * rows) - 1);
        double x1 = to.X * ((2 * columns) - 1), y1 = (1 - to.Y) * ((4 * rows) - 1);
        int pieces = (int)Math.Clamp(Math.Ceiling(Math.Max(Math.Abs(x1 - x0), Math.Abs(y1 - y0))), 1, 8 * (columns + rows));
        for (int i = 0; i <= pieces; i++)
        {
            double along = (double)i / pieces;
            Set((int)Math.Round(x0 + (along * (x1 - x0))), (int)Math.Round(y0 + (along * (y1 - y0))));
        }
    }

    private void Set(int x, int y)
    {
        if (x >= 0 && y >= 0 && x < 2 * columns && y < 4 * rows)
        {
            cells[(y / 4 * columns) + (x / 2)] |= x % 2 == 0 ? LeftBits[y % 4] : RightBits[y % 4];
        }
    }
}
