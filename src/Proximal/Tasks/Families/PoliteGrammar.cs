namespace Proximal.Tasks.Families;

/// <summary>
/// The grammar of <see cref="PoliteSentenceTask"/>. A sentence is
/// <c>["hello" ","] (("could" | "would" | "can") "you" ["please"] REQUEST "?" | ["please"] REQUEST ".") ["thank" "you" "."]</c> with
/// <c>REQUEST = verb "the" adjective noun</c>. The greeting, "could" or "would", "please" and the thanks are its four courtesies.
/// </summary>
internal static class PoliteGrammar
{
    /// <summary>The most courtesies of a sentence.</summary>
    public const int Courtesies = 4;

    /// <summary>The most words of a sentence.</summary>
    public const int LongestSentence = 13;

    public static IReadOnlyList<string> Verbs { get; } = ["open", "close", "bring", "clean", "move", "find", "paint", "lift"];

    public static IReadOnlyList<string> Adjectives { get; } = ["old", "red", "small", "round", "heavy", "wooden"];

    public static IReadOnlyList<string> Nouns { get; } = ["door", "window", "book", "table", "lamp", "chair", "box", "clock", "basket", "mirror"];

    /// <summary>Every word and sign.</summary>
    public static IReadOnlyList<string> Words { get; } =
        ["hello", "could", "would", "can", "you", "please", "the", "thank", ",", "?", ".", ":", .. Verbs, .. Adjectives, .. Nouns];

    /// <summary>The number of courtesies of a sentence, or -1 where it is none or asks for something else.</summary>
    public static int CountCourtesies(ReadOnlySpan<string> words, PoliteRequest request)
    {
        ReadOnlySpan<string> rest = words;
        int courtesies = Take(ref rest, "hello", ",") ? 1 : 0;
        bool hedges = Take(ref rest, "could", "you") || Take(ref rest, "would", "you");
        bool asks = hedges || Take(ref rest, "can", "you");
        bool pleads = Take(ref rest, "please");
        if (!Take(ref rest, request.Verb, "the", request.Adjective, request.Noun, asks ? "?" : "."))
        {
            return -1;
        }

        bool thanks = Take(ref rest, "thank", "you", ".");
        return rest.IsEmpty ? courtesies + (hedges ? 1 : 0) + (pleads ? 1 : 0) + (thanks ? 1 : 0) : -1;
    }

    /// <summary>A sentence with the courtesies of a set.</summary>
    /// <param name="request">What it asks for.</param>
    /// <param name="courtesies">Which of them: greeting, hedge, please, thanks.</param>
    /// <param name="variant">Which of several words of the same meaning.</param>
    public static IReadOnlyList<string> Compose(PoliteRequest request, ReadOnlySpan<bool> courtesies, int variant)
    {
        bool hedges = courtesies[1], asks = hedges || variant % 2 == 0;
        string[] greeting = courtesies[0] ? ["hello", ","] : [];
        string[] question = hedges ? [variant % 2 == 0 ? "could" : "would", "you"] : asks ? ["can", "you"] : [];
        string[] plea = courtesies[2] ? ["please"] : [];
        string[] thanks = courtesies[3] ? ["thank", "you", "."] : [];
        return [.. greeting, .. question, .. plea, request.Verb, "the", request.Adjective, request.Noun, asks ? "?" : ".", .. thanks];
    }

    private static bool Take(ref ReadOnlySpan<string> words, params ReadOnlySpan<string> expected)
    {
        if (!words.StartsWith(expected))
        {
            return false;
        }

        words = words[expected.Length..];
        return true;
    }
}
