using System.Globalization;
using System.Text;

namespace Proximal.Cli.Terminals;

/// <summary>
/// Text from models, data and files made harmless for a terminal: control characters (which move the cursor, recolour or retitle it), marks that
/// reverse the direction of text and broken surrogates are shown as escapes.
/// </summary>
internal static class SafeText
{
    /// <summary>The text on one line: line breaks and tabs are escaped too.</summary>
    public static string OneLine(string text) => Escape(text, keepLines: false);

    /// <summary>The text with its line breaks and tabs.</summary>
    public static string Lines(string text) => Escape(text, keepLines: true);

    /// <summary>The text on one line of at most <paramref name="width"/> columns.</summary>
    public static string Shorten(string text, int width)
    {
        string line = OneLine(text.Length > 4 * width ? text[..(4 * width)] : text);
        return line.Length <= width ? line : line[..Math.Max(0, width - 1)] + "…";
    }

    /// <summary>The end of the text on one line of at most <paramref name="width"/> columns.</summary>
    public static string ShortenStart(string text, int width)
    {
        string line = OneLine(text);
        return line.Length <= width ? line : "…" + line[^Math.Max(0, width - 1)..];
    }

    private static string Escape(string text, bool keepLines)
    {
        if (!NeedsEscape(text, keepLines))
        {
            return text;
        }

        StringBuilder safe = new(text.Length + 16);
        foreach (Rune rune in text.EnumerateRunes())
        {
            switch (rune.Value)
            {
                case '\n' or '\t' when keepLines:
                    safe.Append((char)rune.Value);
                    break;
                case '\n':
                    safe.Append("\\n");
                    break;
                case '\r':
                    safe.Append("\\r");
                    break;
                case '\t':
                    safe.Append("\\t");
                    break;
                default:
                    if (IsHarmful(rune))
                    {
                        safe.Append("\\u{").Append(rune.Value.ToString("x", CultureInfo.InvariantCulture)).Append('}');
                    }
                    else
                    {
                        safe.Append(rune.ToString());
                    }

                    break;
            }
        }

        return safe.ToString();
    }

    private static bool NeedsEscape(string text, bool keepLines)
    {
        foreach (char c in text)
        {
            if (c is < ' ' or (>= '\x7f' and < '\xa0') or >= '\x200b' && !(keepLines && c is '\n' or '\t'))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsHarmful(Rune rune) => Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
