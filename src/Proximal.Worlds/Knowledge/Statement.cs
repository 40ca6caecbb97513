namespace Proximal.Worlds.Knowledge;

/// <summary>What a sentence says.</summary>
/// <param name="Subject">The name that it is about. [2]</param>
/// <param name="Predicate">What it says.</param>
/// <param name="Object">The name or value. [tokens]</param>
public sealed record Statement(int[] Subject, Predicate Predicate, int[] Object)
{
    /// <summary>Reads a sentence: <c>name relation name .</c>, <c>name attribute : value .</c>, or a relation read from its object, <c>name inverse name .</c></summary>
    /// <param name="sentence">Its tokens, the stop included. [tokens]</param>
    /// <returns>What it says; null where it says nothing.</returns>
    public static Statement? Read(ReadOnlySpan<int> sentence)
    {
        if (sentence.Length < 5 || sentence[^1] != KnowledgeVocabulary.Stop || !IsName(sentence[..2]))
        {
            return null;
        }

        ReadOnlySpan<int> rest = sentence[3..^1];
        if (KnowledgeVocabulary.PredicateOf(sentence[2]) is { } predicate)
        {
            return !KnowledgeSchema.IsAttribute(predicate)
                ? IsName(rest) ? new Statement(sentence[..2].ToArray(), predicate, rest.ToArray()) : null
                : rest.Length > 1 && rest[0] == KnowledgeVocabulary.Colon ? new Statement(sentence[..2].ToArray(), predicate, rest[1..].ToArray()) : null;
        }

        return KnowledgeVocabulary.InverseOf(sentence[2]) is { } relation && IsName(rest) ? new Statement(rest.ToArray(), relation, sentence[..2].ToArray()) : null;
    }

    /// <summary>Everything that a run of whole sentences says.</summary>
    public static List<Statement> ReadAll(ReadOnlySpan<int> sentences)
    {
        List<Statement> statements = [];
        for (int start = 0, length; (length = sentences[start..].IndexOf(KnowledgeVocabulary.Stop) + 1) > 0; start += length)
        {
            if (Read(sentences.Slice(start, length)) is { } statement)
            {
                statements.Add(statement);
            }
        }

        return statements;
    }

    /// <summary>Whether this says something of a name.</summary>
    public bool IsAbout(ReadOnlySpan<int> subject, Predicate predicate) => Predicate == predicate && subject.SequenceEqual(Subject);

    private static bool IsName(ReadOnlySpan<int> tokens) => tokens.Length == 2 && KnowledgeVocabulary.IsHead(tokens[0]) && KnowledgeVocabulary.IsTail(tokens[1]);
}
