using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Proximal.Studio.Web;

namespace Proximal.Studio.Tests;

/// <summary>Contrast of the colours of the page after WCAG 2.2: 4.5 for text (AA), 3 for what is drawn.</summary>
public sealed partial class ContrastTests
{
    private const double Text = 4.5;
    private const double Graphic = 3;

    /// <summary>The strongest shares of colours behind tokens: of scales, and of kinds.</summary>
    private const double StrongestScale = 0.52;
    private const double StrongestKind = 0.38;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Text_can_be_read_on_every_ground(bool isDark)
    {
        Dictionary<string, double[]> colors = Read(isDark);
        foreach (string ground in (string[])["background", "surface", "raised", "sunken"])
        {
            foreach (string text in (string[])["ink", "muted", "accent", "good", "bad", "warn"])
            {
                AssertContrast(colors, text, ground, Text);
            }
        }

        AssertContrast(colors, "accent-ink", "accent", Text);
        AssertContrast(colors, "muted", "accent-soft", Text);
        foreach (string ground in (string[])["mark-a", "mark-b", "warn-soft", "accent-soft"])
        {
            AssertContrast(colors, "ink", ground, Text);
        }

        AssertContrast(colors, "bad", "bad-soft", Text);
        AssertContrast(colors, "warn", "warn-soft", Text);
        AssertContrast(colors, "good", "good-soft", Graphic);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Curves_can_be_told_from_their_ground(bool isDark)
    {
        Dictionary<string, double[]> colors = Read(isDark);
        for (int i = 1; i <= 8; i++)
        {
            AssertContrast(colors, string.Create(CultureInfo.InvariantCulture, $"series-{i}"), "surface", Graphic);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Tokens_can_be_read_on_the_strongest_colour(bool isDark)
    {
        Dictionary<string, double[]> colors = Read(isDark);
        foreach (string scale in (string[])["scale-low", "scale-high", "scale-one", "origin-environment", "origin-teacher", "origin-hint", "border-strong"])
        {
            double share = scale.StartsWith("scale", StringComparison.Ordinal) ? StrongestScale : StrongestKind;
            double[] ground = [.. colors[scale].Zip(colors["surface"], (a, b) => (share * a) + ((1 - share) * b))];
            Assert.True(Contrast(colors["ink"], ground) >= Text, $"ink on {scale}: {Contrast(colors["ink"], ground):0.00}");
        }
    }

    private static void AssertContrast(Dictionary<string, double[]> colors, string text, string ground, double least)
    {
        double contrast = Contrast(colors[text], colors[ground]);
        Assert.True(contrast >= least, string.Create(CultureInfo.InvariantCulture, $"{text} on {ground}: {contrast:0.00}, expected at least {least}"));
    }

    private static double Contrast(double[] a, double[] b)
    {
        double x = Luminance(a), y = Luminance(b);
        return (Math.Max(x, y) + 0.05) / (Math.Min(x, y) + 0.05);
    }

    private static double Luminance(double[] color)
    {
        double[] linear = [.. color.Select(c => c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4))];
        return (0.2126 * linear[0]) + (0.7152 * linear[1]) + (0.0722 * linear[2]);
    }

    private static Dictionary<string, double[]> Read(bool isDark)
    {
        string style = Encoding.UTF8.GetString(Assets.Read("studio.css").Span);
        string[] blocks = [.. Blocks().Matches(style).Select(block => block.Groups["body"].Value)];
        Assert.Equal(3, blocks.Length);

        // Dark is written twice, for the choice and for the system: the same colours.
        Assert.Equal(Colors(blocks[1]).Keys, Colors(blocks[2]).Keys);
        Assert.All(Colors(blocks[1]), color => Assert.Equal(color.Value, Colors(blocks[2])[color.Key]));
        return Colors(blocks[isDark ? 1 : 0]);
    }

    private static Dictionary<string, double[]> Colors(string block) => Color().Matches(block).ToDictionary(
        color => color.Groups["name"].Value,
        color => Convert.FromHexString(color.Groups["value"].Value).Select(value => value / 255.0).ToArray());

    [GeneratedRegex(@":root[^{]*\{(?<body>\s*color-scheme[^}]*)\}")]
    private static partial Regex Blocks();

    [GeneratedRegex("--(?<name>[a-z0-9-]+): #(?<value>[0-9a-f]{6});")]
    private static partial Regex Color();
}
