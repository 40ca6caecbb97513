namespace Proximal.Analysis.Curves;

/// <summary>How curves are drawn on a terminal.</summary>
public sealed record CurveTextOptions
{
    /// <summary>Title; empty for none.</summary>
    public string Title { get; init; } = "";

    /// <summary>Name of the horizontal axis.</summary>
    public string XLabel { get; init; } = "step";

    /// <summary>Columns of the picture, 30 to 1000.</summary>
    public int Width { get; init; } = 80;

    /// <summary>Rows of the plotting area, 3 to 200.</summary>
    public int Height { get; init; } = 12;

    /// <summary>Weight of the past in the exponential moving average, in [0, 1).</summary>
    public double Smoothing { get; init; }

    /// <summary>Whether to tell curves apart by colour (ANSI escapes); otherwise several curves get a mark each.</summary>
    public bool Colored { get; init; }

    /// <summary>Scale of the horizontal axis.</summary>
    public AxisScale XScale { get; init; } = AxisScale.Linear;

    /// <summary>Scale of the vertical axis.</summary>
    public AxisScale YScale { get; init; } = AxisScale.Linear;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Width, 30);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Width, 1000);
        ArgumentOutOfRangeException.ThrowIfLessThan(Height, 3);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Height, 200);
        if (!(Smoothing is >= 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(Smoothing), Smoothing, "A smoothing weight lies in [0, 1).");
        }
    }
}
