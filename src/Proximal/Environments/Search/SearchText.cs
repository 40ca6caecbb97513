using Proximal.Worlds.Knowledge;

namespace Proximal.Environments.Search;

/// <summary>Turns of search agents as text.</summary>
internal static class SearchText
{
    private static readonly (string Tag, SearchActionKind Kind)[] Kinds =
    [
        (ActionTags.Search, SearchActionKind.Search), (ActionTags.Access, SearchActionKind.Access), (ActionTags.Answer, SearchActionKind.Answer), (ActionTags.Judge, SearchActionKind.Judge),
        (ActionTags.Report, SearchActionKind.Report),
    ];

    private static readonly string[] Tags = [.. Kinds.Select(kind => kind.Tag)];

    /// <summary>The tags that an episode understands.</summary>
    public static IEnumerable<string> Understood(SearchRules rules) =>
        Tags.Where(tag => tag switch { ActionTags.Judge => rules.Judged, ActionTags.Report => rules.Reports, _ => true });

    /// <summary>What a turn does: its first well-formed action, if that is made of words of the world.</summary>
    public static SearchAction Read(string turn) => TaggedTurn.First(turn, Tags) is { } tagged && KnowledgeVocabulary.Read(tagged.Content) is { } tokens
        ? new SearchAction(Array.Find(Kinds, kind => kind.Tag == tagged.Tag).Kind, tokens)
        : SearchAction.Invalid;

    /// <summary>A turn that does nothing else.</summary>
    public static string Write(SearchAction action) => ActionTags.Wrap(Array.Find(Kinds, kind => kind.Kind == action.Kind).Tag, KnowledgeVocabulary.Write(action.Tokens));
}
