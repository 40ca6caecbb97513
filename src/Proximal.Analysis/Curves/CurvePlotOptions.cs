using System.Globalization;

namespace Proximal.Analysis.Curves;

/// <summary>What a plot shows beside its curves.</summary>
public sealed record CurvePlotOptions
{
    /// <summary>Title; empty for none.</summary>
    public string Title { get; init; } = "";

    /// <summary>Name of the horizontal axis.</summary>
    public string XLabel { get; init; } = "step";

    /// <summary>Name of the vertical axis.</summary>
    public string YLabel { get; init; } = "";

    /// <summary>Width in units of the drawing (SVG pixels), 200 to 4000.</summary>
    public int Width { get; init; } = 800;

    /// <summary>Height in units of the drawing (SVG pixels), 150 to 4000.</summary>
    public int Height { get; init; } = 450;

    /// <summary>Pixels of a PNG for each unit of the drawing, 1 to 4; all together at most 40 million.</summary>
    public int PixelRatio { get; init; } = 2;

    /// <summary>Weight of the past in the exponential moving average, in [0, 1). Above 0 the raw line stays, faint.</summary>
    public double Smoothing { get; init; }

    /// <summary>Band around the mean of several runs.</summary>
    public BandKind Band { get; init; } = BandKind.Range;

    /// <summary>Scale of the horizontal axis.</summary>
    public AxisScale XScale { get; init; } = AxisScale.Linear;

    /// <summary>Scale of the vertical axis.</summary>
    public AxisScale YScale { get; init; } = AxisScale.Linear;

    /// <summary>Lowest value of the vertical axis; null to fit the curves.</summary>
    public double? YMinimum { get; init; }

    /// <summary>Highest value of the vertical axis; null to fit the curves.</summary>
    public double? YMaximum { get; init; }

    internal void Validate()
    {
        RequireRange(Width, 200, 4000, nameof(Width));
        RequireRange(Height, 150, 4000, nameof(Height));
        RequireRange(PixelRatio, 1, 4, nameof(PixelRatio));
        RequireRange((double)Width * Height * PixelRatio * PixelRatio, 0, 40e6, "Width * Height * PixelRatio²");
        RequireRange(Smoothing, 0, 0.9999999, nameof(Smoothing));
        RequireLimit(YMinimum, nameof(YMinimum));
        RequireLimit(YMaximum, nameof(YMaximum));
        if (YMinimum >= YMaximum)
        {
            throw new ArgumentException($"YMinimum {YMinimum} must lie below YMaximum {YMaximum}.");
        }
    }

    private static void RequireRange(double value, double low, double high, string name)
    {
        if (!(value >= low && value <= high))
        {
            throw new ArgumentOutOfRangeException(name, value, string.Create(CultureInfo.InvariantCulture, $"Expected {low} to {high}."));
        }
    }

    private void RequireLimit(double? value, string name)
    {
        if (value is { } limit && !(double.IsFinite(limit) && (limit > 0 || YScale == AxisScale.Linear)))
        {
            throw new ArgumentOutOfRangeException(name, limit, "Expected a finite value, above 0 on a logarithmic axis.");
        }
    }
}
