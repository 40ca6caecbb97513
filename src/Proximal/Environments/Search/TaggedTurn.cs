namespace Proximal.Environments.Search;

/// <summary>An action within a turn: <c>&lt;tag&gt;content&lt;/tag&gt;</c>, whatever stands around it.</summary>
/// <param name="Tag">Which.</param>
/// <param name="Content">What stands between, without a <c>&lt;</c>.</param>
internal readonly record struct TaggedTurn(string Tag, string Content)
{
    /// <summary>The first well-formed action of a turn; null without one.</summary>
    public static TaggedTurn? First(string text, ReadOnlySpan<string> tags)
    {
        for (int at = text.IndexOf('<', StringComparison.Ordinal); at >= 0; at = text.IndexOf('<', at + 1))
        {
            foreach (string tag in tags)
            {
                int start = at + tag.Length + 2;
                if (start > text.Length || text[start - 1] != '>' || string.CompareOrdinal(text, at + 1, tag, 0, tag.Length) != 0)
                {
                    continue;
                }

                int end = text.IndexOf('<', start);
                if (end >= 0 && string.CompareOrdinal(text, end, ActionTags.Close(tag), 0, tag.Length + 3) == 0)
                {
                    return new TaggedTurn(tag, text[start..end]);
                }
            }
        }

        return null;
    }
}
