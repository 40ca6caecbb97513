using System.Text;

namespace Proximal.Analysis.Curves;

/// <summary>
/// A small font of pen strokes for pictures, sharp at any size. A glyph is a list of strokes; a stroke is a list of points, a letter for x and a
/// digit for y (capitals reach from 0 to the baseline 7). A stroke after ~ is a smooth curve that begins and ends at its first and last
/// point, one after @ a smooth closed curve.
/// </summary>
internal static class StrokeFont
{
    private const double Baseline = 7;
    private const double Gap = 1.8;

    /// <summary>Width of a unit of x in units of y.</summary>
    private const double Stretch = 1.1;

    // The font size spans 9.6 units, as capitals fill about three quarters of it.
    private const double Units = 9.6;

    private static readonly string[] Printable =
    [
        /*   */ "", "a0a5 a7a7", "a0a2 b0b2", "b0b7 d0d7 a2e2 a5e5", "~e1e0a0a3e3e7a7a6 c0c8", "f0a7 @a0b0b2a2 @e5f5f7e7", "~e7b3b0d0d2a4a7d7e4", "a0a2",
        /* ( */ "~b0a2a6b8", "~a0b2b6a8", "c1c5 a2e4 e2a4", "a4e4 c2c6", "a7a8", "a4c4", "a7a7", "a8d0",
        /* 0 */ "@a0e0e7a7", "a2c0c7", "~a2a0e0e3c5a7 a7e7", "~a1a0e0e3c3 ~c3e3e7a7a6", "d7d0a5e5", "e0a0a3 ~a3b2e2e7a7a6", "@a3e3e7a7 ~d0a0a5", "a0e0b7",
        /* 8 */ "@a3e3e7a7 @a0e0e3a3", "@a0e0e4a4 ~e2e7b7", "a3a3 a7a7", "a3a3 a7a8", "e1a4e7", "a3e3 a5e5", "a1e4a7", "~a1a0d0d3b3b5 b7b7",
        /* @ */ "@a0h0h8a8 @c2f2f6c6 ~f2f6h6h4", "a7c0e7 b5d5", "a7a0c0 a3c3 a7c7 ~c0e0e3c3 ~c3e3e7c7", "~e2e0a0a7e7e5", "b0a0a7b7 ~b0f0f7b7",
        /* E */ "e0a0a7e7 a3d3", "e0a0a7 a3d3", "~e2e0a0a7e7e4 c4e4", "a0a7 e0e7 a3e3", "a0a7", "~d0d4d7a7a5", "a0a7 e0a4 b3e7", "a0a7d7",
        /* M */ "a7a0d5g0g7", "a7a0e7e0", "@a0f0f7a7", "a7a0c0 a4c4 ~c0e0e4c4", "@a0f0f7a7 d5f7", "a7a0c0 a4c4 ~c0e0e4c4 c4e7", "~e1e0a0a3e3e7a7a6",
        /* T */ "a0e0 c0c7", "~a0a4a7e7e4e0", "a0c7e0", "a0b7d1f7g0", "a0e7 e0a7", "a0c3e0 c3c7", "a0e0a7e7", "b0a0a8b8", "a0d8", "a0b0b8a8", "a2c0e2", "a8e8",
        /* ` */ "a0b1", "d2d7 @a2d2d7a7", "a0a7 @a2d2d7a7", "~d3d2a2a7d7d6", "d0d7 @a2d2d7a7", "a4d4 ~d4d2a2a7d7d6", "~c0b0b3 b3b7 a2c2",
        /* g */ "@a2d2d7a7 ~d2d6d9a9a8", "a0a7 ~a4a2d2d4 d4d7", "a2a7 a0a0", "~b2b7b9a9 b0b0", "a0a7 d2a5 b4d7", "~a0a5a7b7", "a2a7 ~a4a2d2d4 d4d7 ~d4d2g2g4 g4g7",
        /* n */ "a2a7 ~a4a2d2d4 d4d7", "@a2d2d7a7", "a2a9 @a2d2d7a7", "d2d9 @a2d2d7a7", "a2a7 ~a4a2c2", "~d3d2a2a4d5d7a7a6", "~b0b5b7c7 a2c2", "~a2a5a7d7d5 d2d7",
        /* v */ "a2c7e2", "a2b7d3f7g2", "a2d7 d2a7", "a2c7 ~e2c7b9a9", "a2d2a7d7", "~c0b0b4a4 ~a4b4b8c8", "a0a9", "~a0b0b4c4 ~c4b4b8a8", "~a4b3c5d4",
    ];

    private const string Missing = "a0d0d7a7a0";

    private static readonly Glyph[] Glyphs = [.. Printable.Select(Parse)];
    private static readonly Glyph MissingGlyph = Parse(Missing);

    /// <summary>Width of a text.</summary>
    public static double Measure(string text, double size)
    {
        double width = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            width += Of(rune).Width + Gap;
        }

        return Math.Max(0, width - Gap) * size / Units;
    }

    /// <summary>Strokes of a text that begins at the origin of its baseline.</summary>
    public static IEnumerable<PlotPoint[]> Strokes(string text, double size)
    {
        double scale = size / Units, x = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            Glyph glyph = Of(rune);
            foreach (PlotPoint[] stroke in glyph.Strokes)
            {
                double start = x;
                yield return Array.ConvertAll(stroke, point => new PlotPoint((start + point.X) * scale, (point.Y - Baseline) * scale));
            }

            x += glyph.Width + Gap;
        }
    }

    private static Glyph Of(Rune rune) => rune.Value switch
    {
        >= ' ' and <= '~' => Glyphs[rune.Value - ' '],
        '\u2212' or '\u2013' or '\u2010' => Glyphs['-' - ' '],
        '\u2018' or '\u2019' => Glyphs['\'' - ' '],
        '\u201C' or '\u201D' => Glyphs['"' - ' '],
        _ => Rune.IsControl(rune) || Rune.IsWhiteSpace(rune) ? Glyphs[0] : MissingGlyph,
    };

    private static Glyph Parse(string text)
    {
        PlotPoint[][] strokes = [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(ParseStroke)];
        double width = strokes.Length == 0 ? 2 : strokes.Max(static stroke => stroke.Max(static point => point.X));
        return new Glyph(strokes, width);
    }

    private static PlotPoint[] ParseStroke(string text)
    {
        bool smooth = text[0] is '~' or '@', closed = text[0] == '@';
        ReadOnlySpan<char> digits = text.AsSpan(smooth ? 1 : 0);
        PlotPoint[] points = new PlotPoint[digits.Length / 2];
        for (int i = 0; i < points.Length; i++)
        {
            points[i] = new PlotPoint(Stretch * (digits[2 * i] - 'a'), digits[(2 * i) + 1] - '0');
        }

        return !smooth ? points : closed ? Smooth([Middle(points[^1], points[0]), .. points, Middle(points[^1], points[0])]) : Smooth(points);
    }

    /// <summary>A quadratic B-spline from the first to the last point; the points between pull it.</summary>
    private static PlotPoint[] Smooth(PlotPoint[] points)
    {
        const int Pieces = 6;
        List<PlotPoint> curve = [points[0]];
        PlotPoint from = points[0];
        for (int i = 1; i + 1 < points.Length; i++)
        {
            PlotPoint pull = points[i], to = i + 2 < points.Length ? Middle(pull, points[i + 1]) : points[i + 1];
            for (int piece = 1; piece <= Pieces; piece++)
            {
                double t = (double)piece / Pieces, a = (1 - t) * (1 - t), b = 2 * t * (1 - t), c = t * t;
                curve.Add(new PlotPoint((a * from.X) + (b * pull.X) + (c * to.X), (a * from.Y) + (b * pull.Y) + (c * to.Y)));
            }

            from = to;
        }

        return [.. curve];
    }

    private static PlotPoint Middle(PlotPoint a, PlotPoint b) => new((a.X + b.X) / 2, (a.Y + b.Y) / 2);

    private sealed record Glyph(PlotPoint[][] Strokes, double Width);
}
