namespace Proximal.Studio.Rollouts;

/// <summary>Parts of texts that begin and end between characters.</summary>
internal static class CutText
{
    /// <summary>The start of a text.</summary>
    public static string Start(string text, int most) => text.Length <= most ? text : Range(text, 0, most);

    /// <summary>A part of a text, a unit shorter at an end that would halve a character.</summary>
    public static string Range(string text, int start, int end)
    {
        if (start > 0 && start < text.Length && char.IsLowSurrogate(text[start]))
        {
            start++;
        }

        if (end > start && end < text.Length && char.IsHighSurrogate(text[end - 1]))
        {
            end--;
        }

        return text[start..Math.Max(start, end)];
    }
}
