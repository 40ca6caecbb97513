namespace Proximal.Analysis.Curves;

/// <summary>
/// Collects the points of a line and keeps of each half unit of width only the first, lowest, highest and last, which draw the same picture, so
/// that a million steps cost no more than the width of the plot.
/// </summary>
internal sealed class LineThinner
{
    private readonly List<PlotPoint> kept = [];
    private readonly List<PlotPoint> column = [];
    private double columnIndex = double.NaN;

    public void Add(PlotPoint point)
    {
        double index = Math.Floor(point.X * 2);
        if (index != columnIndex)
        {
            Flush();
            columnIndex = index;
        }

        if (column.Count < 4)
        {
            column.Add(point);
            return;
        }

        int low = column[1].Y <= column[2].Y ? 1 : 2, high = 3 - low;
        PlotPoint last = column[3];
        if (last.Y < column[low].Y)
        {
            column[low] = last;
        }
        else if (last.Y > column[high].Y)
        {
            column[high] = last;
        }

        column[3] = point;
    }

    public PlotPoint[] Take()
    {
        Flush();
        PlotPoint[] points = kept.ToArray();
        kept.Clear();
        columnIndex = double.NaN;
        return points;
    }

    private void Flush()
    {
        kept.AddRange(column);
        column.Clear();
    }
}
