using System.Globalization;
using System.Text;

namespace Proximal.Models.Tokenizers;

/// <summary>
/// A copy of a text in which each character beyond U+FFFF is one character of the same Unicode category. The pre-tokenizers' patterns count and
/// classify code points, whereas .NET's classify UTF-16 units, for which such characters have no category.
/// </summary>
internal static class CategoryStandIns
{
    // In the order of the UnicodeCategory enumeration. None is a letter of the contractions ('s, 't, ...), in either case.
    private const string Representatives = "\u00C0\u00E0\u01C5\u02B0\u00AA\u0300\u0903\u0488\u0660\u2160\u00B2\u00A0\u2028\u2029\u0080\u200C\uFFFD\uE000\u203F\u2013\u0F3A\u0F3B\u00AB\u00BB\u00A1\u00AC\u00A2\u00A8\u00A6\u0378";

    /// <summary>Makes the copy.</summary>
    /// <param name="text">The text, without lone surrogates.</param>
    /// <param name="origin">Where each character of the copy begins in the text, and the text's length at the end.</param>
    public static string Make(string text, out int[] origin)
    {
        StringBuilder copy = new(text.Length);
        List<int> positions = new(text.Length + 1);
        int position = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            copy.Append(rune.IsBmp ? (char)rune.Value : Representatives[(int)Rune.GetUnicodeCategory(rune)]);
            positions.Add(position);
            position += rune.Utf16SequenceLength;
        }

        positions.Add(position);
        origin = [.. positions];
        return copy.ToString();
    }
}
