namespace Proximal.Worlds.Knowledge;

/// <summary>
/// What a single step of an agent that routes sub-questions to knowledge bases is worth, on plain tokens and names (R1-Router, reward of a step). A step to retrieve is worth
/// <c>½ cos(q, q*) + ½ [exactly one knowledge base is named, and it is a gold one]</c>; one to answer the share of the gold answer's tokens that it has.
/// </summary>
public static class RoutingScores
{
    /// <summary>The name that asks no knowledge base.</summary>
    public const string NoBase = "none";

    private const int ShortAnswer = 5;

    /// <summary>The worth of a step that retrieves.</summary>
    /// <param name="question">The sub-question; null where one of the tags of a step is missing. [tokens]</param>
    /// <param name="named">The knowledge bases that it names; null where the tag is missing.</param>
    /// <param name="known">The names that there are, <see cref="NoBase"/> left out.</param>
    /// <param name="goldQuestion">The gold sub-question. [tokens]</param>
    /// <param name="gold">The knowledge bases that hold what is asked for.</param>
    /// <param name="weight">idf of a token.</param>
    /// <returns>0 where a tag is missing, a name is unknown, or none is named beside another one.</returns>
    public static double Retrieval(
        int[]? question, IReadOnlyList<string>? named, IReadOnlyCollection<string> known, int[] goldQuestion, IReadOnlyCollection<string> gold, Func<int, double> weight)
    {
        ArgumentNullException.ThrowIfNull(known);
        ArgumentNullException.ThrowIfNull(gold);
        return question is null || named is null || named.Count == 0
            || named.Any(name => name != NoBase && !known.Contains(name, StringComparer.Ordinal)) || (named.Contains(NoBase, StringComparer.Ordinal) && named.Distinct().Count() > 1)
            ? 0
            : Retrieval(Cosine(question, goldQuestion, weight), named.Count == 1 && gold.Contains(named[0], StringComparer.Ordinal));
    }

    /// <summary><c>½ cos + ½ [routed right]</c>.</summary>
    public static double Retrieval(double cosine, bool isRouted) => (0.5 * cosine) + (isRouted ? 0.5 : 0);

    /// <summary>The worth of a step that answers: one gold answer of at most five tokens, or several, count whole or not at all; one longer answer by its recall.</summary>
    /// <param name="answer">The answer; null where a tag is missing. [tokens]</param>
    /// <param name="gold">The gold answers, at least one.</param>
    public static double Answer(int[]? answer, IReadOnlyList<int[]> gold)
    {
        ArgumentNullException.ThrowIfNull(gold);
        if (answer is null || gold.Count == 0)
        {
            return 0;
        }

        double recall = Recall(answer, gold.MaxBy(one => AnswerScores.TokenOverlap(answer, one))!);
        return gold.Count > 1 || gold[0].Length <= ShortAnswer ? (recall >= 1 ? 1 : 0) : recall;
    }

    /// <summary>The share of the tokens of a gold answer that an answer has, each as often as it stands there.</summary>
    public static double Recall(ReadOnlySpan<int> answer, ReadOnlySpan<int> gold)
    {
        List<int> left = [.. gold];
        foreach (int token in answer)
        {
            left.Remove(token);
        }

        return gold.IsEmpty ? 0 : 1 - ((double)left.Count / gold.Length);
    }

    /// <summary>Cosine of the counts of tokens, each times its weight; 0 where one of the texts has no weight.</summary>
    public static double Cosine(ReadOnlySpan<int> one, ReadOnlySpan<int> other, Func<int, double> weight)
    {
        ArgumentNullException.ThrowIfNull(weight);
        Dictionary<int, (double One, double Other)> counts = [];
        foreach (int token in one)
        {
            (double a, double b) = counts.GetValueOrDefault(token);
            counts[token] = (a + weight(token), b);
        }

        foreach (int token in other)
        {
            (double a, double b) = counts.GetValueOrDefault(token);
            counts[token] = (a, b + weight(token));
        }

        double product = 0, first = 0, second = 0;
        foreach ((double a, double b) in counts.Values)
        {
            product += a * b;
            first += a * a;
            second += b * b;
        }

        return first == 0 || second == 0 ? 0 : product / (Math.Sqrt(first) * Math.Sqrt(second));
    }
}
