namespace Proximal.Analysis.Curves;

/// <summary>What a plot is drawn on, in units of the drawing with y pointing down.</summary>
internal interface ISurface
{
    /// <summary>Limits what follows to a rectangle, until <see cref="EndClip"/>.</summary>
    void BeginClip(double x, double y, double width, double height);

    void EndClip();

    /// <summary>Draws an open line; a single point is a dot.</summary>
    void Line(ReadOnlySpan<PlotPoint> points, Color color, double width, double opacity = 1);

    /// <summary>Fills between two lines over the same x.</summary>
    void Band(ReadOnlySpan<PlotPoint> upper, ReadOnlySpan<PlotPoint> lower, Color color, double opacity);

    /// <summary>Writes text with its baseline at y; upright text reads from bottom to top.</summary>
    void Text(string text, double x, double y, double size, Color color, TextAnchor anchor = TextAnchor.Start, bool bold = false, bool upright = false);
}
