namespace Proximal.Worlds.Knowledge;

/// <summary>How good answers are. Answers are lists of tokens; articles and punctuation do not count, duplicates count once, the order does not matter.</summary>
/// <param name="Exact">EM: 1 if the answers are exactly the right ones, else 0.</param>
/// <param name="Contains">SubEM: 1 if a right answer stands in what was answered, else 0.</param>
/// <param name="TokenF1">F1 of the tokens of all that was answered with those of the right answer that fits best.</param>
/// <param name="AnswerF1">F: harmonic mean of the share of given answers that are right and the share of right answers that were given.</param>
/// <param name="Recall">The share of right answers that were given.</param>
public readonly record struct AnswerScores(double Exact, double Contains, double TokenF1, double AnswerF1, double Recall)
{
    /// <summary>Scores answers.</summary>
    /// <param name="given">All that was answered, answers separated by semicolons. [tokens]</param>
    /// <param name="right">The right answers.</param>
    public static AnswerScores Of(ReadOnlySpan<int> given, IReadOnlyList<int[]> right)
    {
        ArgumentNullException.ThrowIfNull(right);
        List<int[]> answers = Split(given), gold = [];
        foreach (int[] answer in right)
        {
            AddNew(gold, Strip(answer));
        }

        int hits = answers.Count(answer => gold.Exists(wanted => wanted.AsSpan().SequenceEqual(answer)));
        double f1 = answers.Count + gold.Count == 0 ? 0 : 2.0 * hits / (answers.Count + gold.Count);
        int[] all = Strip(given);
        return new AnswerScores(
            hits == gold.Count && hits == answers.Count && hits > 0 ? 1 : 0,
            gold.Exists(answer => all.AsSpan().IndexOf(answer) >= 0) ? 1 : 0,
            gold.Count == 0 ? 0 : gold.Max(answer => TokenOverlap(all, answer)),
            f1,
            gold.Count == 0 ? 0 : (double)hits / gold.Count);
    }

    /// <summary>The answers of a text: split at semicolons, without articles and punctuation, each once, empty ones left out.</summary>
    public static List<int[]> Split(ReadOnlySpan<int> text)
    {
        List<int[]> answers = [];
        foreach (Range part in text.Split(KnowledgeVocabulary.Semicolon))
        {
            AddNew(answers, Strip(text[part]));
        }

        return answers;
    }

    /// <summary>2 · common tokens / all tokens, each token as often as it stands there.</summary>
    public static double TokenOverlap(ReadOnlySpan<int> given, ReadOnlySpan<int> right)
    {
        List<int> left = [.. right];
        int common = 0;
        foreach (int token in given)
        {
            common += left.Remove(token) ? 1 : 0;
        }

        return given.Length + right.Length == 0 ? 0 : 2.0 * common / (given.Length + right.Length);
    }

    private static int[] Strip(ReadOnlySpan<int> tokens)
    {
        List<int> kept = [];
        foreach (int token in tokens)
        {
            if (token != KnowledgeVocabulary.The && !KnowledgeVocabulary.IsPunctuation(token))
            {
                kept.Add(token);
            }
        }

        return [.. kept];
    }

    private static void AddNew(List<int[]> answers, int[] answer)
    {
        if (answer.Length > 0 && !answers.Exists(known => known.AsSpan().SequenceEqual(answer)))
        {
            answers.Add(answer);
        }
    }
}
