namespace Proximal.Rollouts.Probes;

/// <summary>Sentences that make a policy look again.</summary>
internal static class ProbePool
{
    private const string Opening = "<think>";

    /// <summary>Thirty beginnings of a new thought.</summary>
    public static IReadOnlyList<string> Default { get; } =
    [
        .. new[]
        {
            "Maybe I missed something.", "Let me check this again.", "That may be wrong.", "I should look at another source.", "What if I searched for something else?",
            "This does not fit the question.", "I have not verified that yet.", "Let me go one step back.", "Perhaps there is a better way.", "I need more evidence.",
            "Wait, let me think once more.", "The name may be another one.", "I answered too early.", "Let me read the question again.", "Something is missing here.",
            "Another search may help.", "Let me try the other direction.", "I am not sure about this.", "Is this really what was asked?", "Let me compare the facts.",
            "I may have mixed things up.", "There could be a second step.", "Let me find out more first.", "The result says something else.", "Let me look for what I skipped.",
            "I should not guess.", "Let me begin with the first fact.", "One of my steps is doubtful.", "Let me test this answer.", "I can still search.",
        }.Select(sentence => Opening + sentence),
    ];

    /// <summary>What a new vocabulary needs for a sentence: names in angle brackets as one symbol each, everything else by characters.</summary>
    public static IEnumerable<string> Symbols(string sentence)
    {
        for (int at = 0; at < sentence.Length;)
        {
            int close = sentence[at] == '<' ? sentence.AsSpan(at).IndexOfAny('>', ' ') : -1;
            int length = close > 0 && sentence[at + close] == '>' ? close + 1 : char.IsSurrogatePair(sentence, at) ? 2 : 1;
            yield return sentence.Substring(at, length);
            at += length;
        }
    }
}
