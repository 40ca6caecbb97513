using System.Buffers.Binary;
using System.IO.Compression;
using System.Xml.Linq;
using Proximal.Analysis.Curves;

namespace Proximal.Analysis.Tests.Curves;

public class CurvePlotTests
{
    private static readonly double[] Steps = [.. Enumerable.Range(0, 50).Select(i => (double)i)];
    private static readonly double[] Rising = [.. Steps.Select(s => s / 50)];

    [Fact]
    public void Svg_is_well_formed_whatever_the_labels_say()
    {
        string hostile = "</text><script>alert('1')</script>&amp; \"\u0000\u001b\uD800 ]]>\uFFFE";
        string svg = CurvePlot.ToSvg(
            [new CurveSeries(hostile, Steps, Rising), new CurveSeries("é 数", Steps, Rising)],
            new() { Title = hostile, XLabel = hostile, YLabel = hostile });
        XDocument document = XDocument.Parse(svg);
        Assert.DoesNotContain(document.Descendants(), element => element.Name.LocalName == "script");
        Assert.Contains("<script>alert('1')</script>", document.Root!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void A_gap_splits_the_line()
    {
        double[] gap = (double[])Rising.Clone();
        gap[20] = double.NaN;
        gap[30] = double.PositiveInfinity;
        Assert.Equal(1, LinesOf(CurvePlot.ToSvg([new CurveSeries("a", Steps, Rising)])));
        Assert.Equal(3, LinesOf(CurvePlot.ToSvg([new CurveSeries("a", Steps, gap)])));
    }

    [Fact]
    public void Runs_get_a_band_and_smoothing_keeps_the_raw_line_faint()
    {
        var series = new CurveSeries("a", Steps, [Rising, [.. Rising.Select(v => v + 0.1)]]);
        Assert.DoesNotContain("fill-opacity", CurvePlot.ToSvg([series], new() { Band = BandKind.None }), StringComparison.Ordinal);
        Assert.Contains("fill-opacity=\"0.17\"", CurvePlot.ToSvg([series]), StringComparison.Ordinal);
        Assert.Contains("stroke-opacity=\"0.3\"", CurvePlot.ToSvg([series], new() { Smoothing = 0.9 }), StringComparison.Ordinal);
    }

    [Fact]
    public void A_logarithmic_axis_leaves_out_what_is_not_positive()
    {
        string svg = CurvePlot.ToSvg([new CurveSeries("a", [1, 2, 3, 4, 5], [1, 10, 0, -1, 1e6])], new() { YScale = AxisScale.Logarithmic });
        Assert.Contains(">10k<", svg, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", svg, StringComparison.Ordinal);
        Assert.DoesNotContain("∞", svg, StringComparison.Ordinal);
    }

    [Fact]
    public void A_million_steps_draw_as_few_points_as_the_width_needs()
    {
        double[] steps = [.. Enumerable.Range(0, 200_000).Select(i => (double)i)];
        string svg = CurvePlot.ToSvg([new CurveSeries("a", steps, [.. steps.Select(s => Math.Sin(s))])]);
        Assert.InRange(svg.Length, 1_000, 150_000);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, double.NaN)]
    [InlineData(1, 3)]
    [InlineData(2, 1e300)]
    [InlineData(3, -1e-300)]
    public void Degenerate_curves_draw(int count, double value)
    {
        var series = new CurveSeries("a", [.. Enumerable.Repeat(7.0, count)], [.. Enumerable.Repeat(value, count)]);
        foreach (AxisScale scale in new[] { AxisScale.Linear, AxisScale.Logarithmic })
        {
            CurvePlotOptions options = new() { Width = 200, Height = 150, PixelRatio = 1, XScale = scale, YScale = scale };
            Assert.DoesNotContain("NaN", CurvePlot.ToSvg([series], options), StringComparison.Ordinal);
            Assert.NotEmpty(CurvePlot.ToPng([series], options));
        }
    }

    [Fact]
    public void Png_decodes_to_the_size_asked_for_with_the_colour_of_the_curve()
    {
        byte[] png = CurvePlot.ToPng([new CurveSeries("flat", Steps, [.. Steps.Select(_ => 0.5)])], new() { Width = 300, Height = 200, PixelRatio = 2 });
        (int width, int height, byte[] pixels) = Decode(png);
        Assert.Equal((600, 400), (width, height));
        Assert.Equal([255, 255, 255], pixels[..3]);
        Assert.Contains(Enumerable.Range(0, width * height), i => pixels[3 * i] == 0 && pixels[(3 * i) + 1] == 102 && pixels[(3 * i) + 2] == 178);
    }

    [Fact]
    public void Every_printable_character_has_a_glyph_of_its_own()
    {
        string[] shapes = [.. Enumerable.Range('!', '~' - '!' + 1).Select(c => string.Join(';', StrokeFont.Strokes(((char)c).ToString(), 10).SelectMany(s => s)))];
        Assert.All(shapes, Assert.NotEmpty);
        Assert.Equal(shapes.Length, shapes.Distinct().Count());
        Assert.True(StrokeFont.Measure("ab", 10) > StrokeFont.Measure("a", 10));
        Assert.Equal(0, StrokeFont.Measure("", 10));
        Assert.NotEmpty(StrokeFont.Strokes("数", 10));
    }

    [Fact]
    public void Ticks_are_round_numbers()
    {
        Assert.Equal(["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"], Axis.Over([[0, 1]], AxisScale.Linear, 5).Labels);
        Assert.Equal(["0", "50k", "100k"], Axis.Over([[0, 100_000]], AxisScale.Linear, 2).Labels);
        Assert.Equal(["0.001", "0.01", "0.1", "1", "10"], Axis.Over([[0.001, 10]], AxisScale.Logarithmic, 5).Labels);
        Assert.Equal(["0", "250k", "500k"], Axis.Over([[0, 500_000]], AxisScale.Linear, 2).Labels);
        Assert.Equal(["0.00", "0.25", "0.50"], Axis.Over([[0, 0.5]], AxisScale.Linear, 2).Labels);
        Assert.Equal(["0", "1e15"], Axis.Over([[0, 1e15]], AxisScale.Linear, 1).Labels);
        Assert.Equal(["0", "1e-6"], Axis.Over([[0, 1e-6]], AxisScale.Linear, 1).Labels);
        Assert.Equal(["-2", "0", "2"], Axis.Over([[-3, 3]], AxisScale.Linear, 3).Labels);
    }

    [Fact]
    public void Smoothing_starts_at_the_first_value_and_passes_over_gaps()
    {
        double[] smoothed = new double[4];
        Smoothing.Exponential([2, 2, double.NaN, 5], 0.5, smoothed);
        Assert.Equal([2, 2, double.NaN, (1.5 * 2 * 0.5 + 5) / 1.75], smoothed);
    }

    [Fact]
    public void Impossible_input_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new CurveSeries("a", [1, 0], [1, 1]));
        Assert.Throws<ArgumentException>(() => new CurveSeries("a", [0, 1], [1]));
        Assert.Throws<ArgumentException>(() => new CurveSeries("a", [double.NaN], [1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => CurvePlot.ToPng([], new() { Width = 1_000_000 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => CurvePlot.ToPng([], new() { Width = 4000, Height = 4000, PixelRatio = 4 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => CurvePlot.ToSvg([], new() { Smoothing = 1 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => CurvePlot.ToSvg([], new() { YScale = AxisScale.Logarithmic, YMinimum = 0 }));
    }

    private static int LinesOf(string svg) =>
        XDocument.Parse(svg).Descendants().Where(e => e.Name.LocalName == "g").Elements().Count(e => e.Name.LocalName == "path");

    private static (int Width, int Height, byte[] Pixels) Decode(byte[] png)
    {
        int width = 0, height = 0;
        using MemoryStream data = new();
        for (int at = 8; at < png.Length;)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at));
            ReadOnlySpan<byte> type = png.AsSpan(at + 4, 4), content = png.AsSpan(at + 8, length);
            if (type.SequenceEqual("IHDR"u8))
            {
                (width, height) = (BinaryPrimitives.ReadInt32BigEndian(content), BinaryPrimitives.ReadInt32BigEndian(content[4..]));
            }
            else if (type.SequenceEqual("IDAT"u8))
            {
                data.Write(content);
            }

            at += 12 + length;
        }

        data.Position = 0;
        using ZLibStream zlib = new(data, CompressionMode.Decompress);
        byte[] pixels = new byte[3 * width * height];
        for (int y = 0; y < height; y++)
        {
            Assert.Equal(2, zlib.ReadByte());
            zlib.ReadExactly(pixels, 3 * width * y, 3 * width);
            for (int i = 3 * width * y; y > 0 && i < 3 * width * (y + 1); i++)
            {
                pixels[i] += pixels[i - (3 * width)];
            }
        }

        return (width, height, pixels);
    }
}
