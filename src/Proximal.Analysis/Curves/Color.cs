using System.Globalization;

namespace Proximal.Analysis.Curves;

/// <summary>An opaque colour.</summary>
internal readonly record struct Color(byte Red, byte Green, byte Blue)
{
    public static Color Background { get; } = new(255, 255, 255);

    public static Color Text { get; } = new(31, 41, 55);

    public static Color FaintText { get; } = new(87, 96, 111);

    public static Color Grid { get; } = new(229, 231, 235);

    public static Color AxisLine { get; } = new(148, 156, 168);

    /// <summary>Eight colours that people with colour-blindness can tell apart (after Okabe and Ito), dark enough on white.</summary>
    private static readonly Color[] Palette =
    [
        new(0, 102, 178), new(213, 94, 0), new(0, 140, 105), new(188, 80, 144), new(120, 94, 198), new(176, 132, 0), new(38, 155, 200), new(90, 90, 90),
    ];

    /// <summary>Number of colours that tell curves apart.</summary>
    public static int SeriesCount => Palette.Length;

    public static Color OfSeries(int index) => Palette[index % Palette.Length];

    /// <summary>The colour as a variable of a style sheet, with itself where a page sets none.</summary>
    public string ToVariable()
    {
        string name = this == Background ? "background" : this == Text ? "text" : this == FaintText ? "faint" : this == Grid ? "grid" : this == AxisLine ? "axis"
            : string.Create(CultureInfo.InvariantCulture, $"series-{Array.IndexOf(Palette, this)}");
        return $"var(--plot-{name},{this})";
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"#{Red:x2}{Green:x2}{Blue:x2}");
}
