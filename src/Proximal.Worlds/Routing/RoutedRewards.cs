using Proximal.Worlds.Knowledge;

namespace Proximal.Worlds.Routing;

/// <summary>Rewards of single steps (Learning to Route Queries Across Knowledge Bases for Step-wise Retrieval-Augmented Reasoning, arXiv:2505.22095).</summary>
public static class RoutedRewards
{
    private const int ShortAnswer = 5;

    /// <summary>
    /// The reward of a retrieval: <c>0.5 cos(sub, gold sub) + 0.5 · 1{exactly one knowledge base is named, and it is a gold one}</c>; 0 where a name is unknown, none stands beside another, or
    /// something is missing.
    /// </summary>
    /// <param name="similarity">The cosine of the two questions, in [0, 1].</param>
    /// <param name="named">What was named: see <see cref="RoutedAction.Bases"/>.</param>
    /// <param name="gold">The right knowledge bases.</param>
    public static double OfStep(double similarity, IReadOnlyList<KnowledgeBase>? named, IReadOnlyList<KnowledgeBase> gold)
    {
        ArgumentNullException.ThrowIfNull(gold);
        return named is null ? 0 : (0.5 * similarity) + (named is [var only] && gold.Contains(only) ? 0.5 : 0);
    }

    /// <summary>The reward of an answer: the share of the tokens of the gold answer that fits best which were given. Where that is short, five tokens at most, or one of several, only all of them count.</summary>
    /// <param name="given">The answer. [tokens]</param>
    /// <param name="gold">The gold answers.</param>
    public static double OfAnswer(ReadOnlySpan<int> given, IReadOnlyList<int[]> gold)
    {
        ArgumentNullException.ThrowIfNull(gold);
        double best = -1, recall = 0;
        foreach (int[] answer in gold)
        {
            double f1 = AnswerScores.TokenOverlap(given, answer);
            if (f1 > best)
            {
                best = f1;
                recall = answer.Length == 0 ? 0 : f1 * (given.Length + answer.Length) / (2 * answer.Length);
            }
        }

        return gold.Count > 1 || (gold.Count == 1 && gold[0].Length <= ShortAnswer) ? (recall > 1 - 1e-9 ? 1 : 0) : recall;
    }
}
