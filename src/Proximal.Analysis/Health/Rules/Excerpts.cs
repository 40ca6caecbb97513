namespace Proximal.Analysis.Health.Rules;

/// <summary>Parts of texts that a model wrote.</summary>
internal static class Excerpts
{
    private const string Ellipsis = "…";

    /// <summary>The beginning of a text, of at most so many characters.</summary>
    public static string Shorten(string text, int length) =>
        text.Length <= length ? text : text[..(char.IsHighSurrogate(text[length - 2]) ? length - 2 : length - 1)] + Ellipsis;

    /// <summary>The end of a text, of at most so many characters.</summary>
    public static string ShortenStart(string text, int length) =>
        text.Length <= length ? text : Ellipsis + text[(char.IsLowSurrogate(text[^(length - 1)]) ? text.Length - length + 2 : text.Length - length + 1)..];
}
