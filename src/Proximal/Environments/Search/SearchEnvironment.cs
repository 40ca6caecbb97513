using Proximal.Recipes;
using Proximal.Tasks;
using Proximal.Tasks.Knowledge;
using Proximal.Tensors.Random;
using Proximal.Worlds.Knowledge;

namespace Proximal.Environments.Search;

/// <summary>
/// The search engine of <see cref="SearchWorldTask"/>: a turn <c>&lt;search&gt; Kar-dor born_in&lt;/search&gt;</c> is answered by
/// <c>&lt;obs&gt;[17] Kar-dor: Kar-dor born_in Vel-mar. ...&lt;/obs&gt;</c>, the best documents with their numbers, titles and best passages; <c>&lt;access&gt;17&lt;/access&gt;</c> by the
/// document; <c>&lt;answer&gt; Vel-mar&lt;/answer&gt;</c> ends the episode. The first well-formed action of a turn counts, and text around it is free. What is none is answered <c>invalid</c> and
/// spends the turn, as do a document that is not there, <c>no such id</c>, and a call too many, <c>budget</c>. The last turn is not answered.
/// </summary>
public sealed class SearchEnvironment : IEnvironment
{
    private readonly SearchEnvironmentOptions options;

    /// <summary>An environment for problems of the task.</summary>
    public SearchEnvironment(SearchEnvironmentOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        this.options = options;
        string[] tags = [.. SearchText.Understood(options.Rules)];
        Symbols = [.. ActionTags.Both([.. tags, ActionTags.Think, ActionTags.Observation]), .. KnowledgeVocabulary.Symbols(pictures: false)];
        TurnEnds = [.. tags.Select(ActionTags.Close)];
    }

    /// <summary>What recipes see.</summary>
    public static ComponentDefinition<IEnvironment, SearchEnvironmentOptions> Definition { get; } = new(
        new ComponentInfo(
            "search-world",
            Seam.Environments,
            "Searches the documents of a generated world, until an answer or the last turn.",
            "<search> q</search> -> <obs>[id] title: passage ...</obs>",
            "Zhang et al. 2026, SearchGym, arXiv:2601.14615")
        {
            Mechanism = "A knowledge graph is drawn before the tasks, and documents are written from it, so that every question can be answered by searching and none from memory. A search ranks the documents by BM25 and shows passages; an access shows a document. The environment counts searches, repeated and refused turns, the gold documents that were found, the facts on the way that were seen, and whether the answer stands in what was shown.",
        },
        SearchEnvironmentOptions.Schema,
        options => new SearchEnvironment(options));

    /// <inheritdoc/>
    public IReadOnlyList<string> Symbols { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> TurnEnds { get; }

    /// <inheritdoc/>
    public int TurnTokens => options.TurnTokens;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The problem is none of <see cref="SearchWorldTask"/>.</exception>
    public IEpisode Begin(TaskInstance instance)
    {
        SearchWorldMetadata problem = Metadata(instance);
        return new Episode(new SearchSession(problem.World, problem.Question, options.Rules), options);
    }

    /// <summary>The turns of the scripted expert, with its mistakes.</summary>
    public IReadOnlyList<string> Demonstration(TaskInstance instance, string answer) => Play(instance, options.ExpertNoise);

    /// <summary>The turns of the scripted expert without mistakes.</summary>
    public IReadOnlyList<string> RightTurns(TaskInstance instance, string answer) => Play(instance, noise: 0);

    private string[] Play(TaskInstance instance, double noise)
    {
        SearchWorldMetadata problem = Metadata(instance);
        SearchExpert expert = new(problem.Question, noise, options.Recover, SuiteRandom.OfWorld(SearchWorld.Name, problem.Seed, WorldStream.ExpertNoise));
        return [.. expert.Play(new SearchSession(problem.World, problem.Question, options.Rules)).Select(SearchText.Write)];
    }

    private static SearchWorldMetadata Metadata(TaskInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return instance.Metadata as SearchWorldMetadata
            ?? throw new ArgumentException($"'search-world' is the environment of task search-world, but '{instance.Key}' is a problem of {instance.Family}.", nameof(instance));
    }

    private sealed class Episode(SearchSession session, SearchEnvironmentOptions options) : IEpisode
    {
        public string? Answer => session.Given is { } given ? KnowledgeVocabulary.Write(given) : "";

        public bool IsExhausted => session.IsOver && session.Given is null;

        public IReadOnlyList<double> TurnRewards => session.TurnRewards;

        public IReadOnlyDictionary<string, double> Counters
        {
            get
            {
                AnswerScores scores = session.Scores;
                Dictionary<string, double> counters = new()
                {
                    ["turns"] = session.Turn,
                    ["searches"] = session.Searches,
                    ["accesses"] = session.Accesses,
                    ["redundant"] = session.Redundant,
                    ["invalid"] = session.Invalid,
                    ["tool-cost"] = session.Searches + session.Accesses,
                    ["expert-cost"] = session.Question.ExpertCalls,
                    ["gold-progress"] = session.GoldProgress,
                    ["hops"] = session.Hops,
                    ["faithful"] = session.Faithfulness,
                    ["sub-em"] = scores.Contains,
                    ["f1"] = scores.TokenF1,
                    ["ans-f1"] = scores.AnswerF1,
                    ["answer-recall"] = scores.Recall,
                };
                if (session.Rules.Judged)
                {
                    counters["judge-accuracy"] = session.Judgements == 0 ? 0 : (double)session.RightJudgements / session.Judgements;
                }

                return counters;
            }
        }

        public string? Step(string action)
        {
            ArgumentNullException.ThrowIfNull(action);
            return session.Step(SearchText.Read(action)) is { } observation ? ActionTags.Wrap(ActionTags.Observation, observation) : null;
        }

        public string? StepCut(string action) => Step(action);

        public IEpisode? Clone() => new Episode(session.Clone(), options);

        public Verdict? Judge()
        {
            if (session.Given is not { } given)
            {
                return Verdict.Unreadable("no answer");
            }

            AnswerScores scores = session.Scores;
            return KnowledgeText.Judge(scores, given) with
            {
                FormatOk = session.Invalid == 0,
                Score = options.FormatGate && session.Invalid > 0 ? 0 : options.Score switch
                {
                    AnswerScore.ExactMatch => scores.Exact,
                    AnswerScore.Contains => scores.Contains,
                    AnswerScore.TokenF1 => scores.TokenF1,
                    AnswerScore.AnswerF1 => session.Searches + session.Accesses == 0 ? 0 : scores.AnswerF1 == 0 ? 0.1 : 1 - (0.4 * (1 - scores.AnswerF1)),
                    _ => scores.Recall,
                },
            };
        }
    }
}
