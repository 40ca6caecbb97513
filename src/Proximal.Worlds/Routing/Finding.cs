using Proximal.Worlds.Knowledge;

namespace Proximal.Worlds.Routing;

/// <summary>What a retrieval tells.</summary>
/// <param name="Subject">A name, or the token of a picture. [tokens]</param>
/// <param name="Predicate">What is told of it; null for whom or what a picture shows.</param>
/// <param name="Object">The name or value. [tokens]</param>
public sealed record Finding(int[] Subject, Predicate? Predicate, int[] Object)
{
    /// <summary>Whether two findings say the same.</summary>
    public bool Says(Finding other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return IsAbout(other.Subject, other.Predicate) && Object.AsSpan().SequenceEqual(other.Object);
    }

    /// <summary>Whether it answers what is asked of a subject.</summary>
    public bool IsAbout(ReadOnlySpan<int> subject, Predicate? predicate) => Predicate == predicate && subject.SequenceEqual(Subject);

    /// <summary>What a row tells: <c>name , column : value , ... .</c></summary>
    internal static IEnumerable<Finding> OfRow(int[] row)
    {
        int[] name = row[..2];
        for (int at = 2; at < row.Length - 1;)
        {
            int end = Array.FindIndex(row, at + 1, token => token == KnowledgeVocabulary.Comma || token == KnowledgeVocabulary.Stop);
            if (KnowledgeVocabulary.PredicateOf(row[at + 1]) is { } predicate)
            {
                yield return new Finding(name, predicate, row[(at + 3)..end]);
            }

            at = end;
        }
    }

    /// <summary>Whom or what a caption names: <c>picture ... name .</c></summary>
    internal static IEnumerable<Finding> OfCaption(int[] caption) =>
        KnowledgeVocabulary.IsTail(caption[^2]) ? [new Finding(caption[..1], null, caption[^3..^1])] : [];
}
