using System.Globalization;
using System.Text;

namespace Proximal.Worlds.Knowledge;

/// <summary>Shapes and texts of a picture.</summary>
internal sealed class SvgCanvas
{
    private readonly StringBuilder content = new();

    public void Line(double x1, double y1, double x2, double y2, string color, double width) =>
        content.Append(CultureInfo.InvariantCulture, $"<line x1=\"{x1:0.#}\" y1=\"{y1:0.#}\" x2=\"{x2:0.#}\" y2=\"{y2:0.#}\" stroke=\"{color}\" stroke-width=\"{width:0.#}\"/>\n");

    public void Arrow(double x1, double y1, double x2, double y2, string color, double width)
    {
        double length = Math.Max(1, Math.Sqrt(((x2 - x1) * (x2 - x1)) + ((y2 - y1) * (y2 - y1)))), dx = (x2 - x1) / length, dy = (y2 - y1) / length;
        Line(x1, y1, x2 - (6 * dx), y2 - (6 * dy), color, width);
        content.Append(
            CultureInfo.InvariantCulture,
            $"<path d=\"M{x2:0.#} {y2:0.#}L{x2 - (9 * dx) - (4 * dy):0.#} {y2 - (9 * dy) + (4 * dx):0.#}L{x2 - (9 * dx) + (4 * dy):0.#} {y2 - (9 * dy) - (4 * dx):0.#}Z\" fill=\"{color}\"/>\n");
    }

    public void Box(double x, double y, double width, double height, string fill, string stroke) =>
        content.Append(CultureInfo.InvariantCulture, $"<rect x=\"{x:0.#}\" y=\"{y:0.#}\" width=\"{width:0.#}\" height=\"{height:0.#}\" rx=\"6\" fill=\"{fill}\" stroke=\"{stroke}\"/>\n");

    public void Text(double x, double y, string text, double size = 13, string color = "#222", string anchor = "start", bool isBold = false, bool isCode = false)
    {
        string weight = isBold ? " font-weight=\"bold\"" : "", family = isCode ? " font-family=\"monospace\"" : "";
        string safe = text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);
        content.Append(CultureInfo.InvariantCulture, $"<text x=\"{x:0.#}\" y=\"{y:0.#}\" font-size=\"{size:0.#}\" fill=\"{color}\" text-anchor=\"{anchor}\"{weight}{family}>{safe}</text>\n");
    }

    public string Finish(double width, double height) => string.Create(
        CultureInfo.InvariantCulture,
        $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:0.#} {height:0.#}\" width=\"{width:0.#}\" height=\"{height:0.#}\" font-family=\"sans-serif\">\n<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n{content}</svg>\n");

    /// <summary>The text, cut to a number of characters.</summary>
    public static string Fit(string text, int length) => text.Length <= length ? text : text[..(length - 1)] + "…";
}
