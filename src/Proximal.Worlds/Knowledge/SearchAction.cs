namespace Proximal.Worlds.Knowledge;

/// <summary>A turn of a search agent.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Tokens">The query, the number of a document in digits, <c>yes</c> or <c>no</c>, the report, or the answers with semicolons between them. [tokens]</param>
public sealed record SearchAction(SearchActionKind Kind, int[] Tokens)
{
    /// <summary>A turn that cannot be understood.</summary>
    public static SearchAction Invalid { get; } = new(SearchActionKind.Invalid, []);

    /// <summary>A search.</summary>
    public static SearchAction Search(params int[] query) => new(SearchActionKind.Search, query);

    /// <summary>Opens a document.</summary>
    public static SearchAction Access(int document) => new(SearchActionKind.Access, KnowledgeVocabulary.Number(document));

    /// <summary>A judgement of the last results.</summary>
    public static SearchAction Judge(bool isUseful) => new(SearchActionKind.Judge, [KnowledgeVocabulary.Word(isUseful ? "yes" : "no")]);

    /// <summary>Answers.</summary>
    public static SearchAction Answer(IReadOnlyList<int[]> answers)
    {
        ArgumentNullException.ThrowIfNull(answers);
        List<int> tokens = [];
        foreach (int[] answer in answers)
        {
            if (tokens.Count > 0)
            {
                tokens.Add(KnowledgeVocabulary.Semicolon);
            }

            tokens.AddRange(answer);
        }

        return new SearchAction(SearchActionKind.Answer, [.. tokens]);
    }
}
