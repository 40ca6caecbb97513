using Proximal.Analysis.Curves;

namespace Proximal.Analysis.Tests.Curves;

public class CurveTextTests
{
    private static readonly double[] Steps = [.. Enumerable.Range(0, 100).Select(i => (double)i)];

    [Fact]
    public void Sparkline_rises_with_the_values()
    {
        Assert.Equal("▁▂▃▄▅▆▇█", CurveText.Sparkline([0, 1, 2, 3, 4, 5, 6, 7]));
        Assert.Equal("▁ █", CurveText.Sparkline([0, double.NaN, 1]));
        Assert.Equal("▄▄", CurveText.Sparkline([5, 5]));
        Assert.Equal("", CurveText.Sparkline([]));
        Assert.Equal("  ", CurveText.Sparkline([double.NaN, double.PositiveInfinity]));
        Assert.Equal("▁█", CurveText.Sparkline([0, 0, 0, 1, 1, 1], 2));
    }

    [Fact]
    public void Chart_fits_its_width_and_shows_both_axes()
    {
        string chart = CurveText.Chart([new CurveSeries("reward", Steps, [.. Steps.Select(s => 1 - Math.Exp(-s / 20))])], new() { Title = "reward" });
        string[] lines = chart.TrimEnd('\n').Split('\n');
        Assert.Equal(1 + 12 + 3, lines.Length);
        Assert.All(lines, line => Assert.InRange(line.Length, 0, 80));
        Assert.Contains(lines, line => line.Contains('┤', StringComparison.Ordinal));
        Assert.Contains("40", lines[^2], StringComparison.Ordinal);
        Assert.Contains("step", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Several_curves_get_marks_and_a_legend()
    {
        CurveSeries up = new("up", Steps, Steps), down = new("down\u001b[2J\nx", Steps, [.. Steps.Select(s => 99 - s)]);
        string plain = CurveText.Chart([up, down], new() { Height = 6, Width = 40 });
        Assert.Contains('*', plain);
        Assert.Contains('+', plain);
        Assert.DoesNotContain('\u001b', plain);
        Assert.Contains("down [2J x", plain, StringComparison.Ordinal);
        Assert.Contains("\u001b[38;5;208m", CurveText.Chart([up, down], new() { Colored = true }), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_to_draw_gives_empty_axes()
    {
        Assert.NotEmpty(CurveText.Chart([]));
        Assert.NotEmpty(CurveText.Chart([new CurveSeries("", [], Array.Empty<double>())]));
        Assert.NotEmpty(CurveText.Chart([new CurveSeries("", Steps, [.. Steps.Select(_ => double.NaN)])], new() { YScale = AxisScale.Logarithmic }));
        Assert.Throws<ArgumentOutOfRangeException>(() => CurveText.Chart([], new() { Width = 10 }));
    }
}
