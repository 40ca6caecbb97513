using Proximal.Worlds.Knowledge;

namespace Proximal.Worlds.Routing;

/// <summary>A turn of a routing agent: a question to knowledge bases, or the answer.</summary>
/// <param name="SubQuestion">What is asked; null where a turn asks nothing. [tokens]</param>
/// <param name="Named">The words that name knowledge bases, with commas between them; <c>none</c> asks nobody. [tokens]</param>
/// <param name="Answer">The answer, which ends the episode; null where a turn does not answer. [tokens]</param>
public sealed record RoutedAction(int[]? SubQuestion, int[]? Named, int[]? Answer)
{
    /// <summary>A turn that cannot be understood.</summary>
    public static RoutedAction Invalid { get; } = new(null, null, null);

    /// <summary>Asks knowledge bases, or nobody.</summary>
    public static RoutedAction Ask(int[] subQuestion, params IReadOnlyList<KnowledgeBase> bases)
    {
        ArgumentNullException.ThrowIfNull(bases);
        List<int> named = [];
        foreach (KnowledgeBase knowledgeBase in bases)
        {
            named.AddRange(named.Count > 0 ? [KnowledgeVocabulary.Comma, KnowledgeVocabulary.Base((int)knowledgeBase)] : [KnowledgeVocabulary.Base((int)knowledgeBase)]);
        }

        return new RoutedAction(subQuestion, bases.Count == 0 ? [KnowledgeVocabulary.None] : [.. named], null);
    }

    /// <summary>Answers.</summary>
    public static RoutedAction Say(int[] answer) => new(null, null, answer);

    /// <summary>The knowledge bases that are named, each once; empty for <c>none</c>; null where a name is unknown, or none stands beside another.</summary>
    public IReadOnlyList<KnowledgeBase>? Bases
    {
        get
        {
            if (Named is not { Length: > 0 } words)
            {
                return null;
            }

            int[] names = [.. words.Where(word => word != KnowledgeVocabulary.Comma)];
            return names is [var only] && only == KnowledgeVocabulary.None ? []
                : names.Length > 0 && names.All(name => KnowledgeVocabulary.BaseOf(name) is not null) ? [.. names.Select(name => (KnowledgeBase)KnowledgeVocabulary.BaseOf(name)!.Value).Distinct()]
                : null;
        }
    }
}
