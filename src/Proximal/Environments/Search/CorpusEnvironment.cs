using Proximal.Recipes;
using Proximal.Tasks;
using Proximal.Tasks.Corpora;
using Proximal.Tasks.Verification;

namespace Proximal.Environments.Search;

/// <summary>
/// The search engine of <see cref="CorpusTask"/> over one's own documents: <c>&lt;search&gt;capital of Doria&lt;/search&gt;</c> is answered by the best passages,
/// <c>&lt;obs&gt;[7] Riva: ... &lt;/obs&gt;</c>, <c>&lt;access&gt;7&lt;/access&gt;</c> by the beginning of a document, and <c>&lt;answer&gt;Riva&lt;/answer&gt;</c> ends the episode. What is none
/// of these is answered <c>invalid</c> and spends the turn, as do an unknown id, <c>no such id</c>, and a call too many, <c>budget</c>.
/// </summary>
public sealed class CorpusEnvironment : IEnvironment
{
    private readonly CorpusEnvironmentOptions options;

    /// <summary>An environment for problems of the task.</summary>
    public CorpusEnvironment(CorpusEnvironmentOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        this.options = options;
    }

    /// <summary>What recipes see.</summary>
    public static ComponentDefinition<IEnvironment, CorpusEnvironmentOptions> Definition { get; } = new(
        new ComponentInfo(
            "corpus-search",
            Seam.Environments,
            "Searches one's own documents, until an answer or the last turn.",
            "<search>q</search> -> <obs>[id] title: passage ...</obs>",
            "Jin et al. 2025, Search-R1, arXiv:2503.09516")
        {
            Mechanism = "Documents are ranked by BM25 over their lower-cased words. A search shows the passage of each that has most of the query, an access the beginning of a document. Where the questions name the documents that tell the answer, the share of them that was found is counted.",
        },
        CorpusEnvironmentOptions.Schema,
        options => new CorpusEnvironment(options));

    /// <inheritdoc/>
    public IReadOnlyList<string> Symbols { get; } =
    [
        .. ActionTags.Both(ActionTags.Search, ActionTags.Access, ActionTags.Answer, ActionTags.Think, ActionTags.Observation),
        .. $"[]: \n;{CorpusEpisode.Words}".Distinct().Select(c => c.ToString()),
    ];

    /// <inheritdoc/>
    public IReadOnlyList<string> TurnEnds { get; } = [ActionTags.Close(ActionTags.Search), ActionTags.Close(ActionTags.Access), ActionTags.Close(ActionTags.Answer)];

    /// <inheritdoc/>
    public int TurnTokens => options.TurnTokens;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The problem is none of <see cref="CorpusTask"/>.</exception>
    public IEpisode Begin(TaskInstance instance) => new CorpusEpisode(instance, Metadata(instance), options);

    /// <summary>The question as the query, then the gold documents as far as turns go, then the answer.</summary>
    public IReadOnlyList<string> Demonstration(TaskInstance instance, string answer)
    {
        CorpusMetadata problem = Metadata(instance);
        string query = OpenAnswers.Normalize(instance.Prompt);
        List<string> turns = options.ToolCalls == 0 || query.Length == 0 ? [] : [ActionTags.Wrap(ActionTags.Search, query)];
        turns.AddRange(problem.Gold.Take(Math.Max(0, options.ToolCalls - turns.Count)).Select(id => ActionTags.Wrap(ActionTags.Access, id)));
        return [.. turns.Take(options.Turns - 1), ActionTags.Wrap(ActionTags.Answer, answer)];
    }

    private static CorpusMetadata Metadata(TaskInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return instance.Metadata as CorpusMetadata
            ?? throw new ArgumentException($"'corpus-search' is the environment of task corpus-search, but '{instance.Key}' is a problem of {instance.Family}.", nameof(instance));
    }
}
