using System.Text;

namespace Proximal.Environments.Tools;

/// <summary>
/// Makes an observation of what a tool said. Nobody vouches for that text: a space after every <c>&lt;</c> that could begin a tag or a special token keeps it from closing the observation, from
/// calling tools in the policy's name and from ending the sequence.
/// </summary>
internal static class ObservationText
{
    private const string Ellipsis = "...";
    private const char Replacement = '?';

    /// <summary>The text, safe and of at most <paramref name="limit"/> characters.</summary>
    /// <param name="text">What the tool said.</param>
    /// <param name="limit">The most characters.</param>
    /// <param name="asciiOnly">Whether what is not printable ASCII or a line feed becomes <c>?</c>; a closed vocabulary has no tokens for it.</param>
    public static string MakeSafe(string text, int limit, bool asciiOnly)
    {
        StringBuilder safe = new(Math.Min(text.Length, limit) + 8);
        for (int at = 0; at < text.Length && safe.Length <= limit;)
        {
            Rune.DecodeFromUtf16(text.AsSpan(at), out Rune rune, out int length);
            at += length;
            Append(safe, rune, asciiOnly);
            if (rune.Value == '<' && (at == text.Length || !IsHarmlessAfterBracket(text[at])))
            {
                safe.Append(' ');
            }
        }

        if (safe.Length > limit)
        {
            int kept = Math.Max(0, limit - Ellipsis.Length);
            safe.Length = kept > 0 && char.IsHighSurrogate(safe[kept - 1]) ? kept - 1 : kept;
            safe.Append(Ellipsis, 0, Math.Min(limit, Ellipsis.Length));
        }

        return safe.ToString();
    }

    private static void Append(StringBuilder safe, Rune rune, bool asciiOnly)
    {
        if (rune.Value == '\n' || rune.Value is >= ' ' and <= '~')
        {
            safe.Append((char)rune.Value);
        }
        else if (rune.Value == '\t')
        {
            safe.Append(' ');
        }
        else if (asciiOnly && rune.Value != '\r')
        {
            safe.Append(Replacement);
        }
        else if (!Rune.IsControl(rune))
        {
            safe.Append(rune.ToString());
        }
    }

    private static bool IsHarmlessAfterBracket(char next) => next is ' ' or '\n' or '=' || char.IsAsciiDigit(next);
}
