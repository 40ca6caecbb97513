using Proximal.Recipes;
using Proximal.Tasks;
using Proximal.Tasks.Knowledge;
using Proximal.Tensors.Random;
using Proximal.Worlds.Knowledge;
using Proximal.Worlds.Routing;

namespace Proximal.Environments.Search;

/// <summary>
/// The knowledge bases of <see cref="RoutedTask"/>: a turn <c>&lt;sub&gt; born_in of Kar-dor&lt;/sub&gt;&lt;ret&gt; text&lt;/ret&gt;</c> asks one of <c>text</c>, <c>table</c> and <c>image</c>,
/// several with commas between them, or <c>none</c>, and is answered by what these find; <c>&lt;answer&gt; Vel-mar&lt;/answer&gt;</c> ends the episode. What is neither is answered <c>invalid</c>
/// and spends the turn. Every turn has a reward of its own: see <see cref="RoutedRewards"/>.
/// </summary>
public sealed class RoutedEnvironment : IEnvironment
{
    private readonly RoutedEnvironmentOptions options;

    /// <summary>An environment for problems of the task.</summary>
    public RoutedEnvironment(RoutedEnvironmentOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        this.options = options;
    }

    /// <summary>What recipes see.</summary>
    public static ComponentDefinition<IEnvironment, RoutedEnvironmentOptions> Definition { get; } = new(
        new ComponentInfo(
            "routed-kbs",
            Seam.Environments,
            "Asks documents, tables or captions of pictures, step by step, until an answer.",
            "r_t = cos(sub, sub*)/2 + 1{kb = kb*}/2",
            "Peng et al. 2025, Learning to Route Queries Across Knowledge Bases for Step-wise Retrieval-Augmented Reasoning, arXiv:2505.22095")
        {
            Mechanism = "The facts of a generated world are spread over three knowledge bases, so that every step of a question has to be put to the right one. A turn names a question and a knowledge base, and earns half for the question, by its likeness with that of the gold decomposition, and half for the knowledge base. Retrievals that showed nothing new, their cost, and the share of turns routed rightly are counted.",
        },
        RoutedEnvironmentOptions.Schema,
        options => new RoutedEnvironment(options));

    /// <inheritdoc/>
    public IReadOnlyList<string> Symbols { get; } =
    [
        .. ActionTags.Both(ActionTags.SubQuestion, ActionTags.Retrieve, ActionTags.Answer, ActionTags.Think, ActionTags.Observation), .. KnowledgeVocabulary.Symbols(pictures: true),
    ];

    /// <inheritdoc/>
    public IReadOnlyList<string> TurnEnds { get; } = [ActionTags.Close(ActionTags.Retrieve), ActionTags.Close(ActionTags.Answer)];

    /// <summary>Routing by the knowledge base that holds what is to be found, what retrievals were for, and what a right answer cost.</summary>
    public IReadOnlyList<CounterRatio> Ratios { get; } =
    [
        .. RoutedWorld.Bases.Select(knowledgeBase => new CounterRatio($"routed-to-{Name(knowledgeBase)}", $"right-{Name(knowledgeBase)}", $"wanted-{Name(knowledgeBase)}")),
        new("wasted-share", "wasted", "retrievals"),
        new("retrievals-per-step", "retrievals", "gold-retrievals"),
        new("cost-per-right-answer", "cost", CounterRatio.RightAnswers),
    ];

    /// <inheritdoc/>
    public int TurnTokens => options.TurnTokens;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The problem is none of <see cref="RoutedTask"/>.</exception>
    public IEpisode Begin(TaskInstance instance) => new Episode(NewSession(instance));

    /// <summary>The turns of the scripted expert, with its mistakes, or of a static baseline.</summary>
    public IReadOnlyList<string> Demonstration(TaskInstance instance, string answer)
    {
        RoutedSession session = NewSession(instance);
        RoutedExpert expert = new(
            session.Question, options.ExpertNoise, options.Recover, options.Router, SuiteRandom.OfWorld(RoutedWorld.Name, Metadata(instance).Seed, WorldStream.ExpertNoise));
        return [.. expert.Play(session).Select(Write)];
    }

    /// <summary>The gold decomposition: a turn for each step of the problem's question, to the first of its knowledge bases, then the answer.</summary>
    /// <exception cref="ArgumentException">The problem is none of <see cref="RoutedTask"/>.</exception>
    public static IReadOnlyList<string> GoldTurns(TaskInstance instance)
    {
        RoutedQuestion question = Metadata(instance).Question;
        return [.. question.Steps.Select(step => Write(RoutedAction.Ask(step.SubQuestion, step.Bases[0]))), Write(RoutedAction.Say(question.Answer))];
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> RightTurns(TaskInstance instance, string answer) => GoldTurns(instance);

    private static string Name(KnowledgeBase knowledgeBase) => knowledgeBase switch { KnowledgeBase.Text => "text", KnowledgeBase.Table => "table", _ => "image" };

    private static RoutedMetadata Metadata(TaskInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return instance.Metadata as RoutedMetadata
            ?? throw new ArgumentException($"'routed-kbs' is the environment of task routed-kbs, but '{instance.Key}' is a problem of {instance.Family}.", nameof(instance));
    }

    private RoutedSession NewSession(TaskInstance instance)
    {
        RoutedMetadata problem = Metadata(instance);
        return new RoutedSession(problem.World, problem.Question, options.Retrievals, problem.Seed);
    }

    private static string Write(RoutedAction action) => action.Answer is { } answer
        ? ActionTags.Wrap(ActionTags.Answer, KnowledgeVocabulary.Write(answer))
        : ActionTags.Wrap(ActionTags.SubQuestion, KnowledgeVocabulary.Write(action.SubQuestion)) + ActionTags.Wrap(ActionTags.Retrieve, KnowledgeVocabulary.Write(action.Named));

    private static RoutedAction Read(string turn)
    {
        if (TaggedTurn.First(turn, [ActionTags.SubQuestion, ActionTags.Answer]) is not { } first || KnowledgeVocabulary.Read(first.Content) is not { } tokens)
        {
            return RoutedAction.Invalid;
        }

        return first.Tag == ActionTags.Answer ? RoutedAction.Say(tokens)
            : TaggedTurn.First(turn, [ActionTags.Retrieve]) is { } named && KnowledgeVocabulary.Read(named.Content) is { } names ? new RoutedAction(tokens, names, null)
            : RoutedAction.Invalid;
    }

    private sealed class Episode(RoutedSession session) : IEpisode
    {
        public string? Answer => session.Given is { } given ? KnowledgeVocabulary.Write(given) : "";

        public bool IsExhausted => session.IsOver && session.Given is null;

        public IReadOnlyList<double> TurnRewards => session.TurnRewards;

        public IReadOnlyDictionary<string, double> Counters
        {
            get
            {
                Dictionary<string, double> counters = Count();
                foreach (KnowledgeBase knowledgeBase in RoutedWorld.Bases)
                {
                    counters[$"wanted-{Name(knowledgeBase)}"] = session.Wanted(knowledgeBase);
                    counters[$"right-{Name(knowledgeBase)}"] = session.RightlyRoutedTo(knowledgeBase);
                }

                return counters;
            }
        }

        private Dictionary<string, double> Count() => new()
        {
            ["turns"] = session.Turn,
            ["retrievals"] = session.Retrievals,
            ["gold-retrievals"] = session.Question.Steps.Count,
            ["wasted"] = session.Wasted,
            ["cost"] = session.Cost,
            ["routing-accuracy"] = session.RoutingAccuracy,
            ["gold-progress"] = session.Progress,
            ["invalid"] = session.Invalid,
            ["turn-reward"] = session.TurnRewards.DefaultIfEmpty().Average(),
            ["f1"] = session.Scores.TokenF1,
        };

        public string? Step(string action)
        {
            ArgumentNullException.ThrowIfNull(action);
            return session.Step(Read(action)) is { } observation ? ActionTags.Wrap(ActionTags.Observation, observation) : null;
        }

        public string? StepCut(string action) => Step(action);

        public IEpisode? Clone() => new Episode(session.Clone());

        /// <summary>Right when exact; the score is the answer's reward by its recall.</summary>
        public Verdict? Judge() => session.Given is { } given
            ? KnowledgeText.Judge(session.Scores, given) with { FormatOk = session.Invalid == 0, Score = RoutedRewards.OfAnswer(given, [session.Question.Answer]) }
            : Verdict.Unreadable("no answer");
    }
}
