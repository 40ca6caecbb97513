namespace Proximal.Control.Rendering.Gif;

/// <summary>How often colors occur, and their sums, in cells of five bits a channel.</summary>
internal sealed class ColorCounts
{
    private readonly long[] counts = new long[1 << 15];
    private readonly long[] sums = new long[3 << 15];

    /// <summary>Counts a picture.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="cells">Receives the cell of every pixel.</param>
    public void Add(Picture picture, Span<ushort> cells)
    {
        ReadOnlySpan<byte> pixels = picture.Pixels;
        for (int i = 0; i < cells.Length; i++)
        {
            (byte red, byte green, byte blue) = (pixels[3 * i], pixels[(3 * i) + 1], pixels[(3 * i) + 2]);
            ushort cell = ColorPalette.CellOf(red, green, blue);
            cells[i] = cell;
            counts[cell]++;
            sums[3 * cell] += red;
            sums[(3 * cell) + 1] += green;
            sums[(3 * cell) + 2] += blue;
        }
    }

    public int[] UsedCells()
    {
        List<int> used = [];
        for (int cell = 0; cell < counts.Length; cell++)
        {
            if (counts[cell] > 0)
            {
                used.Add(cell);
            }
        }

        return [.. used];
    }

    public long Total(ReadOnlySpan<int> cells)
    {
        long total = 0;
        foreach (int cell in cells)
        {
            total += counts[cell];
        }

        return total;
    }

    /// <summary>Writes the mean color of cells.</summary>
    public void Mean(ReadOnlySpan<int> cells, Span<byte> color)
    {
        long total = Math.Max(1, Total(cells));
        for (int channel = 0; channel < 3; channel++)
        {
            long sum = 0;
            foreach (int cell in cells)
            {
                sum += sums[(3 * cell) + channel];
            }

            color[channel] = (byte)((sum + (total / 2)) / total);
        }
    }
}
