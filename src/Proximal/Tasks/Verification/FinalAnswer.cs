namespace Proximal.Tasks.Verification;

/// <summary>Finds the final answer in a worked solution.</summary>
public static class FinalAnswer
{
    /// <summary>What precedes the final answer in GSM8K.</summary>
    public const string Marker = "####";

    private const string Box = "\\boxed{";

    /// <summary>The text after the last <c>####</c>, else inside the last <c>\boxed{}</c>, else the last number; null where there is none of these.</summary>
    public static string? Extract(string text) => ExtractMarked(text) ?? LastNumber(text);

    /// <summary>The text after the last <c>####</c>, else inside the last <c>\boxed{}</c>; null without either.</summary>
    public static string? ExtractMarked(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int marker = text.LastIndexOf(Marker, StringComparison.Ordinal);
        if (marker < 0)
        {
            return LastBox(text);
        }

        ReadOnlySpan<char> rest = text.AsSpan(marker + Marker.Length).TrimStart();
        int end = rest.IndexOf('\n');
        ReadOnlySpan<char> answer = (end < 0 ? rest : rest[..end]).Trim();
        return answer.IsEmpty ? null : answer.ToString();
    }

    private static string? LastBox(string text)
    {
        int start = text.LastIndexOf(Box, StringComparison.Ordinal);
        if (start < 0)
        {
            return null;
        }

        start += Box.Length;
        for (int at = start, depth = 1; at < text.Length; at++)
        {
            depth += text[at] == '{' ? 1 : text[at] == '}' ? -1 : 0;
            if (depth == 0)
            {
                return at > start ? text[start..at] : null;
            }
        }

        return null;
    }

    private static string? LastNumber(string text)
    {
        int end = text.AsSpan().LastIndexOfAnyInRange('0', '9') + 1;
        if (end == 0)
        {
            return null;
        }

        int start = end;
        while (start > 0 && (char.IsAsciiDigit(text[start - 1]) || (text[start - 1] is '.' or ',' or '/' && start > 1 && char.IsAsciiDigit(text[start - 2]))))
        {
            start--;
        }

        // A minus directly after a digit or a closing parenthesis is a subtraction, not a sign.
        bool sign = start > 0 && text[start - 1] == '-' && (start == 1 || !(char.IsAsciiDigit(text[start - 2]) || text[start - 2] == ')'));
        bool percent = end < text.Length && text[end] == '%';
        return text[(sign ? start - 1 : start)..(percent ? end + 1 : end)];
    }
}
