namespace Proximal.Analysis.Curves;

/// <summary>Where the axes of a plot lie.</summary>
internal sealed record PlotArea(double Left, double Top, double Right, double Bottom, double LegendTop, Axis X, Axis Y)
{
    public const double LabelSize = 12.5;
    public const double TickSize = 11.5;
    public const double LegendRow = 20;
    public const double LegendIndent = 27;

    /// <summary>Room between the drawing's edge and its content.</summary>
    private const double Edge = 22;

    public double Width => Right - Left;

    public double Height => Bottom - Top;

    public static PlotArea Of(CurvePlotOptions options, IReadOnlyList<CurveLines> curves, IReadOnlyList<string> legend)
    {
        Axis x = Axis.Over(curves.Select(static curve => curve.Steps), options.XScale, Math.Max(2, options.Width / 110));
        Axis y = Axis.Over(
            curves.SelectMany(static curve => new[] { curve.Mean, curve.Lower, curve.Upper }),
            options.YScale,
            Math.Max(2, options.Height / 70),
            padding: 0.04,
            options.YMinimum,
            options.YMaximum);

        double labels = y.Labels.Length == 0 ? 0 : y.Labels.Max(static label => StrokeFont.Measure(label, TickSize));
        double left = Edge + labels + (options.YLabel.Length > 0 ? 20 : 0), right = options.Width - Edge;
        double legendTop = options.Title.Length > 0 ? 54 : 26;
        int rows = LegendRows(legend, right - left);
        double top = rows > 0 ? legendTop + ((rows - 1) * LegendRow) + 16 : options.Title.Length > 0 ? 48 : 20;
        double bottom = options.Height - (options.XLabel.Length > 0 ? 56 : 34);
        return new PlotArea(left, top, right, Math.Max(bottom, top + 20), legendTop, x, y);
    }

    public static double LegendWidth(string name) => LegendIndent + StrokeFont.Measure(name, LabelSize) + 20;

    public double PlaceX(double value) => Left + (X.Place(value) * Width);

    public double PlaceY(double value) => Bottom - (Y.Place(value) * Height);

    private static int LegendRows(IReadOnlyList<string> legend, double width)
    {
        double x = 0;
        int rows = Math.Min(1, legend.Count);
        foreach (string name in legend)
        {
            double entry = LegendWidth(name);
            if (x + entry > width && x > 0)
            {
                rows++;
                x = 0;
            }

            x += entry;
        }

        return rows;
    }
}
