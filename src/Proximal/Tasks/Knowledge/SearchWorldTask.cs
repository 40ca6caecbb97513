using Proximal.Tensors.Random;
using Proximal.Worlds.Knowledge;
using static System.FormattableString;

namespace Proximal.Tasks.Knowledge;

/// <summary>
/// Questions about generated worlds whose answers only documents tell: <c>what is the located_in of the born_in of Kar-dor?</c> Through
/// <see cref="Environments.Search.SearchEnvironment"/> they can be searched; without it, with the closed book, an answer is a guess. The difficulty of a problem is its level. Training,
/// validation and test problems are about different worlds; in a fixed world they are different questions.
/// </summary>
public sealed class SearchWorldTask : ITask
{
    private const int Draws = 1000;

    private readonly SearchWorldOptions options;
    private readonly WorldCache<SearchWorld> worlds;
    private readonly Lazy<TaskLengths> lengths;

    /// <summary>Sets up the task.</summary>
    /// <exception cref="ArgumentException">An option is impossible; the message names the key, the value and what is expected.</exception>
    public SearchWorldTask(SearchWorldOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        OptionChecks.Validate(options.FindFault());
        this.options = options;
        worlds = new WorldCache<SearchWorld>(seed => SearchWorld.Create(options.World, seed));
        lengths = new(() => KnowledgeText.EstimateLengths(this));
    }

    /// <inheritdoc/>
    public string Name => SearchWorld.Name;

    /// <inheritdoc/>
    public IReadOnlyList<string> Symbols { get; } = KnowledgeVocabulary.Symbols(pictures: false);

    /// <inheritdoc/>
    public TaskLengths Lengths => lengths.Value;

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The options leave (nearly) no question.</exception>
    public TaskInstance Generate(TaskSplit split, long index)
    {
        _ = TaskSplits.Name(split);
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ulong questionSeed = WorldSeeds.Question(options.Seed, split, index);
        SearchWorld world = worlds[options.FixedWorld ? (ulong)options.Seed : WorldSeeds.World(options.Seed, split, index)];
        QuestionGenerator generator = new(world, options.Questions);
        SuiteRandom random = SuiteRandom.OfWorld(Name, questionSeed, WorldStream.Task);
        for (int draw = 0; draw < Draws; draw++)
        {
            if (generator.Draw(random) is { } question && ToInstance(world, question, questionSeed, split, index) is { } instance)
            {
                return instance;
            }
        }

        throw new InvalidOperationException($"Task {Name}: no question of split {TaskSplits.Name(split)} after {Draws} draws; the options exclude nearly everything.");
    }

    /// <summary>Judges an answer in its bare form, or within <c>&lt;answer&gt;</c>: exactly the right answers, whatever their order.</summary>
    public Verdict Verify(TaskInstance instance, Response response)
    {
        ArgumentNullException.ThrowIfNull(instance);
        Question question = Metadata(instance).Question;
        return KnowledgeText.ReadAnswer(response.Text) is { Length: > 0 } given
            ? KnowledgeText.Judge(AnswerScores.Of(given, question.Answers), given) with { FormatOk = response.Ended }
            : Verdict.Unreadable("the answer is not made of words of the world");
    }

    /// <inheritdoc/>
    public string Demonstration(TaskInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return instance.Answer;
    }

    private static SearchWorldMetadata Metadata(TaskInstance instance) => instance.Metadata as SearchWorldMetadata
        ?? throw new ArgumentException($"'{instance.Key}' is a problem of {instance.Family}, expected one of {SearchWorld.Name}.", nameof(instance));

    /// <summary>The problem; null where a question of the one world falls into another split.</summary>
    private TaskInstance? ToInstance(SearchWorld world, Question question, ulong seed, TaskSplit split, long index)
    {
        string prompt = KnowledgeVocabulary.Write(question.Tokens), key = Invariant($"{Name}|{world.Seed}|{prompt}");
        return options.FixedWorld && TaskSplits.Of(key) != split
            ? null
            : new TaskInstance
            {
                Family = Name,
                Split = split,
                Difficulty = question.Level,
                Index = index,
                Key = key,
                Prompt = prompt,
                Answer = KnowledgeVocabulary.Write(SearchAction.Answer(question.Answers).Tokens),
                Metadata = new SearchWorldMetadata(world, question, seed),
            };
    }
}
