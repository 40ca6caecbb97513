namespace Proximal.Analysis.Curves;

/// <summary>
/// Draws learning curves: the mean over runs as a line, their spread as a band, the raw line faint behind a smoothed one, gaps where nothing was
/// measured.
/// </summary>
public static class CurvePlot
{
    private const int MaximumSeries = 64;
    private const int LegendEntries = 16;
    private const int MaximumLabel = 120;
    private const double LabelSize = PlotArea.LabelSize;
    private const double TickSize = PlotArea.TickSize;

    /// <summary>Number of colours that tell curves apart; further curves begin anew.</summary>
    public static int ColorCount => Color.SeriesCount;

    /// <summary>Draws the curves as an SVG document.</summary>
    /// <exception cref="ArgumentException">An option is outside its range or there are more than 64 curves.</exception>
    public static string ToSvg(IReadOnlyList<CurveSeries> series, CurvePlotOptions? options = null)
    {
        options = Check(series, options);
        var surface = new SvgSurface(options.Width, options.Height, options.Title.Length > 0 ? options.Title : "Learning curves");
        Draw(surface, series, options);
        return surface.ToString();
    }

    /// <summary>
    /// Draws the curves as an SVG element for a page that holds several drawings. It is as wide as its place in the page, and its colours are variables
    /// of the page's style sheet (<c>--plot-text</c>, <c>--plot-faint</c>, <c>--plot-grid</c>, <c>--plot-axis</c>, <c>--plot-series-0</c> to
    /// <c>--plot-series-7</c>), so that a dark page can have light ones.
    /// </summary>
    /// <param name="series">The curves.</param>
    /// <param name="id">What names inside the drawing begin with: letters, digits and '-', another one for each drawing of the page.</param>
    /// <param name="options">What the plot shows beside its curves.</param>
    /// <exception cref="ArgumentException">An option is outside its range, there are more than 64 curves, or the id has other characters.</exception>
    public static string ToInlineSvg(IReadOnlyList<CurveSeries> series, string id, CurvePlotOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        if (!id.All(static c => char.IsAsciiLetterOrDigit(c) || c == '-'))
        {
            throw new ArgumentException($"'{id}' is no id, expected letters, digits and '-'.", nameof(id));
        }

        options = Check(series, options);
        var surface = new SvgSurface(options.Width, options.Height, options.Title.Length > 0 ? options.Title : "Learning curves", id);
        Draw(surface, series, options);
        return surface.ToString();
    }

    /// <summary>Draws the curves as a PNG file.</summary>
    /// <exception cref="ArgumentException">An option is outside its range or there are more than 64 curves.</exception>
    public static byte[] ToPng(IReadOnlyList<CurveSeries> series, CurvePlotOptions? options = null)
    {
        options = Check(series, options);
        var surface = new RasterSurface(options.Width, options.Height, options.PixelRatio);
        Draw(surface, series, options);
        return surface.ToPng();
    }

    private static CurvePlotOptions Check(IReadOnlyList<CurveSeries> series, CurvePlotOptions? options)
    {
        ArgumentNullException.ThrowIfNull(series);
        options ??= new CurvePlotOptions();
        options.Validate();
        return series.Count <= MaximumSeries
            ? options
            : throw new ArgumentException($"{series.Count} curves are more than {MaximumSeries} in one plot.", nameof(series));
    }

    private static void Draw(ISurface surface, IReadOnlyList<CurveSeries> series, CurvePlotOptions options)
    {
        CurveLines[] curves = [.. series.Select(one => CurveLines.Of(one, options.Smoothing, options.Band))];
        string[] legend = [.. LegendOf(series)];
        var area = PlotArea.Of(options, curves, legend);

        DrawFrame(surface, area, options);
        surface.BeginClip(area.Left - 3, area.Top - 3, area.Width + 6, area.Height + 6);
        for (int i = 0; i < curves.Length; i++)
        {
            DrawBand(surface, area, curves[i], Color.OfSeries(i));
        }

        for (int i = 0; i < curves.Length; i++)
        {
            Color color = Color.OfSeries(i);
            if (options.Smoothing > 0)
            {
                DrawLine(surface, area, curves[i].Steps, curves[i].Mean, color, 1.1, 0.3);
            }

            DrawLine(surface, area, curves[i].Steps, curves[i].Smoothed, color, 2.1, 1);
        }

        surface.EndClip();
        DrawLegend(surface, area, legend);
    }

    private static IEnumerable<string> LegendOf(IReadOnlyList<CurveSeries> series)
    {
        int named = series.Count <= LegendEntries ? series.Count : LegendEntries - 1;
        IEnumerable<string> names = series.Take(named).Select(static one => Shorten(one.Name, 60));
        return named < series.Count ? names.Append($"and {series.Count - named} more") : names.Where(name => series.Count > 1 || name.Length > 0);
    }

    private static void DrawFrame(ISurface surface, PlotArea area, CurvePlotOptions options)
    {
        for (int i = 0; i < area.Y.Ticks.Length; i++)
        {
            double y = area.PlaceY(area.Y.Ticks[i]);
            surface.Line([new(area.Left, y), new(area.Right, y)], Color.Grid, 1);
            surface.Text(area.Y.Labels[i], area.Left - 9, y + (0.35 * TickSize), TickSize, Color.FaintText, TextAnchor.End);
        }

        surface.Line([new(area.Left, area.Bottom), new(area.Right, area.Bottom)], Color.AxisLine, 1.2);
        for (int i = 0; i < area.X.Ticks.Length; i++)
        {
            double x = area.PlaceX(area.X.Ticks[i]);
            surface.Line([new(x, area.Bottom), new(x, area.Bottom + 4)], Color.AxisLine, 1.2);
            surface.Text(area.X.Labels[i], x, area.Bottom + 19, TickSize, Color.FaintText, TextAnchor.Middle);
        }

        surface.Text(Shorten(options.XLabel), (area.Left + area.Right) / 2, area.Bottom + 40, LabelSize, Color.Text, TextAnchor.Middle);
        surface.Text(Shorten(options.YLabel), 20, (area.Top + area.Bottom) / 2, LabelSize, Color.Text, TextAnchor.Middle, upright: true);
        surface.Text(Shorten(options.Title), area.Left, 29, 17, Color.Text, bold: true);
    }

    private static void DrawBand(ISurface surface, PlotArea area, CurveLines curve, Color color)
    {
        List<PlotPoint> upper = [], lower = [];
        for (int i = 0; i <= curve.Steps.Length; i++)
        {
            double x = i < curve.Steps.Length ? area.PlaceX(curve.Steps[i]) : double.NaN;
            double high = i < curve.Steps.Length ? area.PlaceY(curve.Upper[i]) : double.NaN;
            double low = i < curve.Steps.Length ? area.PlaceY(curve.Lower[i]) : double.NaN;
            if (double.IsFinite(x) && double.IsFinite(high) && double.IsFinite(low))
            {
                upper.Add(new PlotPoint(x, high));
                lower.Add(new PlotPoint(x, low));
            }
            else if (upper.Count > 0)
            {
                if (upper.Count > 1)
                {
                    surface.Band(upper.ToArray(), lower.ToArray(), color, 0.17);
                }

                upper.Clear();
                lower.Clear();
            }
        }
    }

    private static void DrawLine(ISurface surface, PlotArea area, double[] steps, double[] values, Color color, double width, double opacity)
    {
        LineThinner line = new();
        for (int i = 0; i < steps.Length; i++)
        {
            var point = new PlotPoint(area.PlaceX(steps[i]), area.PlaceY(values[i]));
            if (double.IsFinite(point.X) && double.IsFinite(point.Y))
            {
                line.Add(point);
            }
            else
            {
                FinishLine();
            }
        }

        FinishLine();

        void FinishLine()
        {
            // A measurement between two gaps is a dot, which has to be wider than a line to be seen.
            if (line.Take() is { Length: > 0 } points)
            {
                surface.Line(points, color, points.Length == 1 ? 2.5 * width : width, opacity);
            }
        }
    }

    /// <summary>Lays the legend out in rows above the plotting area, each entry as wide as its name.</summary>
    private static void DrawLegend(ISurface surface, PlotArea area, string[] names)
    {
        double x = area.Left, y = area.LegendTop;
        for (int i = 0; i < names.Length; i++)
        {
            double width = PlotArea.LegendWidth(names[i]);
            if (x + width > area.Right && x > area.Left)
            {
                (x, y) = (area.Left, y + PlotArea.LegendRow);
            }

            surface.Line([new(x + 2, y - 4), new(x + 19, y - 4)], Color.OfSeries(i), 3);
            surface.Text(names[i], x + PlotArea.LegendIndent, y, LabelSize, Color.Text);
            x += width;
        }
    }

    private static string Shorten(string text, int length = MaximumLabel) =>
        text.Length <= length ? text : string.Concat(text.AsSpan(0, length - 3), "...");
}
