namespace Proximal.Control.Rendering.Gif;

/// <summary>
/// The colors that stand for those of many pictures. Colors are counted in cells of five bits a channel; while at most 255 cells occur each keeps its
/// mean color, otherwise cells are grouped by median cut (Heckbert 1982). Entry 255 is free for pixels that stay as they were.
/// </summary>
internal sealed class ColorPalette
{
    public const byte Unchanged = 255;

    private readonly byte[] entryOfCell = new byte[1 << 15];
    private readonly byte[] colors = new byte[256 * 3];

    private ColorPalette()
    {
    }

    /// <summary>Red, green and blue of the 256 entries.</summary>
    public ReadOnlySpan<byte> Colors => colors;

    /// <summary>The entry of the colors of a cell.</summary>
    public byte this[ushort cell] => entryOfCell[cell];

    public static ushort CellOf(byte red, byte green, byte blue) => (ushort)(((red >> 3) << 10) | ((green >> 3) << 5) | (blue >> 3));

    public static ColorPalette Create(ColorCounts counts)
    {
        ColorPalette palette = new();
        int[] cells = counts.UsedCells();
        List<Range> groups = [0..cells.Length];
        while (groups.Count < Unchanged && FindLargest(groups, cells, counts) is { } largest)
        {
            (int start, int length) = groups[largest].GetOffsetAndLength(cells.Length);
            int middle = Cut(cells.AsSpan(start, length), counts) + start;
            groups[largest] = start..middle;
            groups.Add(middle..(start + length));
        }

        for (int entry = 0; entry < groups.Count; entry++)
        {
            ReadOnlySpan<int> group = cells.AsSpan()[groups[entry]];
            counts.Mean(group, palette.colors.AsSpan(3 * entry, 3));
            foreach (int cell in group)
            {
                palette.entryOfCell[cell] = (byte)entry;
            }
        }

        return palette;
    }

    private static int? FindLargest(List<Range> groups, int[] cells, ColorCounts counts)
    {
        (int? best, double weight) = (null, 0);
        for (int i = 0; i < groups.Count; i++)
        {
            ReadOnlySpan<int> group = cells.AsSpan()[groups[i]];
            double here = group.Length < 2 ? 0 : counts.Total(group) * Extent(group, LongestAxis(group));
            if (here > weight)
            {
                (best, weight) = (i, here);
            }
        }

        return best;
    }

    private static int Cut(Span<int> group, ColorCounts counts)
    {
        int shift = LongestAxis(group);
        group.Sort((left, right) => (((left >> shift) & 31) << 16 | left).CompareTo(((right >> shift) & 31) << 16 | right));
        long half = counts.Total(group) / 2, sum = 0;
        for (int i = 0; i < group.Length - 1; i++)
        {
            sum += counts.Total(group.Slice(i, 1));
            if (sum >= half)
            {
                return i + 1;
            }
        }

        return group.Length - 1;
    }

    private static int LongestAxis(ReadOnlySpan<int> group)
    {
        int blue = Extent(group, 0), green = Extent(group, 5), red = Extent(group, 10);
        return green >= red && green >= blue ? 5 : red >= blue ? 10 : 0;
    }

    private static int Extent(ReadOnlySpan<int> group, int shift)
    {
        (int low, int high) = (31, 0);
        foreach (int cell in group)
        {
            int value = (cell >> shift) & 31;
            (low, high) = (Math.Min(low, value), Math.Max(high, value));
        }

        return high - low;
    }
}
