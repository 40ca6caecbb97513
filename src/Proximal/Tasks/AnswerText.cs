using System.Globalization;
using System.Text;

namespace Proximal.Tasks;

/// <summary>Normal forms of answers, and the judgement of integers.</summary>
internal static class AnswerText
{
    private const int MaximumDigits = 18;

    /// <summary>Trims and collapses runs of spaces.</summary>
    public static string Normalize(string text)
    {
        ReadOnlySpan<char> trimmed = text.AsSpan().Trim();
        if (!trimmed.Contains("  ", StringComparison.Ordinal))
        {
            return trimmed.Length == text.Length ? text : trimmed.ToString();
        }

        StringBuilder collapsed = new(trimmed.Length);
        foreach (char c in trimmed)
        {
            if (c != ' ' || collapsed[^1] != ' ')
            {
                collapsed.Append(c);
            }
        }

        return collapsed.ToString();
    }

    /// <summary>Reads an optional minus and 1 to 18 digits; canonical form (no leading zeros, no -0) where that is asked for.</summary>
    public static bool TryInteger(ReadOnlySpan<char> text, bool canonical, out long value)
    {
        value = 0;
        ReadOnlySpan<char> digits = text.StartsWith("-", StringComparison.Ordinal) ? text[1..] : text;
        return digits.Length is > 0 and <= MaximumDigits
            && !digits.ContainsAnyExceptInRange('0', '9')
            && !(canonical && digits[0] == '0' && text.Length > 1)
            && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>Judges an integer by equality.</summary>
    public static Verdict JudgeInteger(string expected, string answer, bool strict)
    {
        if (!TryInteger(answer, strict, out long value))
        {
            return Verdict.Unreadable("the answer is not an integer");
        }

        return Verdict.Of(value == long.Parse(expected, CultureInfo.InvariantCulture), value.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>The share of the expected digits that are right, aligned at the right.</summary>
    public static double DigitsRight(string expected, string answer)
    {
        int right = 0;
        for (int i = 1; i <= Math.Min(expected.Length, answer.Length); i++)
        {
            right += expected[^i] == answer[^i] ? 1 : 0;
        }

        return right / (double)Math.Max(expected.Length, answer.Length);
    }
}
