using Proximal.Tensors.Random;
using Proximal.Worlds.TowerDefence;
using static System.FormattableString;

namespace Proximal.Tasks.Games;

/// <summary>
/// What to do next in a game of tower defence: the prompt is a state that an expert with some mistakes came to, the response one action. A game has up to 240 decisions,
/// far more than a context holds; since a prompt tells the whole state, every decision is a problem of its own, and whole games are played by asking anew for each. Demonstrations
/// are the expert's; the score is what the action comes to in the world. In <see cref="Environments.TowerDefence.TowerEnvironment"/> an episode is a few decisions long.
/// </summary>
public sealed class TowerTask : ITask
{
    private const int MostDraws = 1000;

    private readonly TowerTaskOptions options;
    private readonly IReadOnlyList<TowerLevel> levels;

    /// <summary>Prepares the task.</summary>
    /// <param name="options">Levels and states.</param>
    /// <exception cref="ArgumentException">The level is neither one of the five nor a level file.</exception>
    public TowerTask(TowerTaskOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        this.options = options;
        try
        {
            levels = options.Level.Length == 0 ? TowerLevels.All : [TowerLevelFiles.Load(options.Level)];
        }
        catch (TowerLevelException exception)
        {
            throw new ArgumentException(exception.Message, exception);
        }
    }

    /// <inheritdoc/>
    public string Name => "tower-mini";

    /// <inheritdoc/>
    public IReadOnlyList<string> Symbols => TowerLanguage.Symbols;

    /// <inheritdoc/>
    public TaskLengths Lengths { get; } = new(TowerTokens.Most, TowerLanguage.ActionSymbols);

    /// <inheritdoc/>
    public TaskInstance Generate(TaskSplit split, long index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        SuiteRandom random = new(Invariant($"tower-mini|{TaskSplits.Name(split)}|{index}"), (ulong)options.Seed);
        TowerLevel level = levels[(int)(index % levels.Count)];
        bool acting = random.Double() < options.Acting;
        TowerExpert expert = new();
        for (int draw = 0; ; draw++)
        {
            TowerWorld world = new(level, random.Bits());
            Play(world, random);
            TowerAction action = expert.Choose(world);
            if (draw == MostDraws || (action.Type != TowerActionType.Nothing) == acting)
            {
                return ToInstance(world, action, split, index);
            }
        }
    }

    /// <inheritdoc/>
    public Verdict Verify(TaskInstance instance, Response response)
    {
        TowerMetadata state = MetadataOf(instance);
        if (TowerLanguage.Read(state.World, response.Text ?? "") is not { } action)
        {
            return Verdict.Unreadable("no action in the required form");
        }

        TowerWorld after = state.World.Clone();
        bool valid = after.Decide(action).Error == TowerError.None;
        return TowerJudgement.Judge(state, after, valid, TowerTokens.ToText(action)) with { FormatOk = response.Ended };
    }

    /// <inheritdoc/>
    public string Demonstration(TaskInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return instance.Answer;
    }

    internal static TowerMetadata MetadataOf(TaskInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return instance.Metadata as TowerMetadata ?? throw new ArgumentException($"Instance {instance.Key} is not one of task tower-mini.", nameof(instance));
    }

    /// <summary>Plays to a decision drawn uniformly among those of such a game.</summary>
    private void Play(TowerWorld world, SuiteRandom random)
    {
        TowerExpert expert = new(options.Noise);
        expert.Begin(world, random.Bits());
        List<TowerWorld> states = [];
        while (world.Running)
        {
            states.Add(world.Clone());
            world.Decide(expert.Choose(world));
        }

        world.CopyFrom(states[random.Int(states.Count)]);
    }

    private TaskInstance ToInstance(TowerWorld world, TowerAction action, TaskSplit split, long index) => new()
    {
        Family = Name,
        Split = split,
        Index = index,
        Key = Invariant($"tower-mini|{world.Level.Name}|{world.StateHash():x16}"),
        Prompt = TowerLanguage.Prompt(world),
        Answer = TowerLanguage.Response(action),
        Metadata = new TowerMetadata(world, options.Horizon)
        {
            IdleValue = TowerJudgement.ValueOf(world, default, options.Horizon),

            // The action as words say it, which is coarser than the expert's own.
            ExpertValue = TowerJudgement.ValueOf(world, TowerLanguage.Read(world, TowerLanguage.Response(action)) ?? default, options.Horizon),
        },
    };
}
