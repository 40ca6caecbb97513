using Proximal.Tensors.Random;
using Proximal.Worlds.Knowledge;
using Proximal.Worlds.Routing;
using static System.FormattableString;

namespace Proximal.Tasks.Knowledge;

/// <summary>
/// Chains of questions whose steps are told by different knowledge bases, documents, tables and captions of pictures: <c>what is the population of the born_in of img_041?</c> Asked through
/// <see cref="Environments.Search.RoutedEnvironment"/>. The difficulty of a problem is its number of steps. Training, validation and test problems are about different worlds; in a fixed world they
/// are different questions.
/// </summary>
public sealed class RoutedTask : ITask
{
    private const int Draws = 1000;

    private readonly RoutedTaskOptions options;
    private readonly WorldCache<RoutedWorld> worlds;
    private readonly Lazy<TaskLengths> lengths;

    /// <summary>Sets up the task.</summary>
    /// <exception cref="ArgumentException">An option is impossible; the message names the key, the value and what is expected.</exception>
    public RoutedTask(RoutedTaskOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        OptionChecks.Validate(options.FindFault());
        this.options = options;
        worlds = new WorldCache<RoutedWorld>(seed => RoutedWorld.Create(options.World, seed));
        lengths = new(() => KnowledgeText.EstimateLengths(this));
    }

    /// <inheritdoc/>
    public string Name => RoutedWorld.Name;

    /// <inheritdoc/>
    public IReadOnlyList<string> Symbols { get; } = KnowledgeVocabulary.Symbols(pictures: true);

    /// <inheritdoc/>
    public TaskLengths Lengths => lengths.Value;

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The options leave (nearly) no question.</exception>
    public TaskInstance Generate(TaskSplit split, long index)
    {
        _ = TaskSplits.Name(split);
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ulong questionSeed = WorldSeeds.Question(options.Seed, split, index);
        RoutedWorld world = worlds[options.FixedWorld ? (ulong)options.Seed : WorldSeeds.World(options.Seed, split, index)];
        RoutedQuestionGenerator generator = new(world);
        SuiteRandom random = SuiteRandom.OfWorld(Name, questionSeed, WorldStream.Task);
        for (int draw = 0; draw < Draws; draw++)
        {
            if (generator.Draw(random) is not { } question)
            {
                continue;
            }

            string prompt = KnowledgeVocabulary.Write(question.Tokens), key = Invariant($"{Name}|{world.Seed}|{prompt}");
            if (!options.FixedWorld || TaskSplits.Of(key) == split)
            {
                return new TaskInstance
                {
                    Family = Name,
                    Split = split,
                    Difficulty = question.Steps.Count,
                    Index = index,
                    Key = key,
                    Prompt = prompt,
                    Answer = KnowledgeVocabulary.Write(question.Answer),
                    Metadata = new RoutedMetadata(world, question, questionSeed),
                };
            }
        }

        throw new InvalidOperationException($"Task {Name}: no question of split {TaskSplits.Name(split)} after {Draws} draws; the options exclude nearly everything.");
    }

    /// <summary>Judges an answer in its bare form, or within <c>&lt;answer&gt;</c>.</summary>
    public Verdict Verify(TaskInstance instance, Response response)
    {
        ArgumentNullException.ThrowIfNull(instance);
        RoutedQuestion question = instance.Metadata is RoutedMetadata problem
            ? problem.Question
            : throw new ArgumentException($"'{instance.Key}' is a problem of {instance.Family}, expected one of {Name}.", nameof(instance));
        return KnowledgeText.ReadAnswer(response.Text) is { Length: > 0 } given
            ? KnowledgeText.Judge(AnswerScores.Of(given, [question.Answer]), given) with { FormatOk = response.Ended }
            : Verdict.Unreadable("the answer is not made of words of the world");
    }

    /// <inheritdoc/>
    public string Demonstration(TaskInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return instance.Answer;
    }
}
