namespace Proximal.Environments.Tools;

/// <summary>A pair of tags in a policy's text.</summary>
internal sealed class ToolTag(string name)
{
    private const int MaximumLength = 32;

    public string Name { get; } = name;

    public string Open { get; } = $"<{name}>";

    public string Close { get; } = $"</{name}>";

    /// <summary>Whether a word can stand between brackets.</summary>
    public static bool IsName(string name) => name.Length is > 0 and <= MaximumLength && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    /// <summary>The text in the tags.</summary>
    public string Wrap(string text) => Open + text + Close;

    /// <summary>
    /// The first pair that closes: which tag, and what stands inside, from the last opening of that tag on. Null without a pair; then <paramref name="isMalformed"/> says whether there is any tag at all.
    /// </summary>
    public static (int Tag, string Text)? FindFirst(ReadOnlySpan<char> text, IReadOnlyList<ToolTag> tags, out bool isMalformed)
    {
        Span<int> opened = tags.Count <= 64 ? stackalloc int[tags.Count] : new int[tags.Count];
        opened.Fill(-1);
        isMalformed = false;
        for (int at = 0; at < text.Length; at++)
        {
            if (text[at] != '<')
            {
                continue;
            }

            for (int tag = 0; tag < tags.Count; tag++)
            {
                if (text[at..].StartsWith(tags[tag].Open, StringComparison.Ordinal))
                {
                    opened[tag] = at + tags[tag].Open.Length;
                    isMalformed = true;
                }
                else if (text[at..].StartsWith(tags[tag].Close, StringComparison.Ordinal))
                {
                    isMalformed = true;
                    if (opened[tag] >= 0)
                    {
                        return (tag, text[opened[tag]..at].ToString());
                    }
                }
            }
        }

        return null;
    }
}
