using Proximal.Control.Rendering;
using Proximal.Control.Spaces;
using Proximal.Control.State;
using Proximal.Worlds.TowerDefence;

namespace Proximal.Control.Environments.TowerDefence;

/// <summary>
/// TowerMini (after "TowerMind: A Tower Defence Game Learning Environment and Benchmark for LLM as Agents"): <see cref="TowerWorld"/> as an environment. A
/// reward is -(lives lost) / TotalLife - 0.0005, and 1 more at the end if lives are left. The masks of factored actions say what each part can be with some other
/// part, since their distributions are independent: a pair that does not fit is an invalid action and has no effect, which the metric <c>valid</c> counts.
/// </summary>
public sealed class TowerMini : SingleEnvironment
{
    private const string UsualName = "tower-mini";
    private const int LargestSeed = int.MaxValue;

    private readonly TowerMiniOptions options;
    private readonly TowerLevel fixedLevel;
    private readonly TowerWorld world;
    private readonly bool[] choices = new bool[TowerChoices.Count];
    private readonly byte[] pixels = new byte[TowerPixels.Length];
    private readonly int[] saved = new int[TowerWorld.SavedLength];
    private ulong levelSeed;
    private int valid;
    private int invalid;

    /// <summary>Creates an environment.</summary>
    /// <param name="options">Settings; level L1 when null.</param>
    /// <exception cref="ArgumentException">An option is outside its range, or the level is neither one of the five nor a level file.</exception>
    public TowerMini(TowerMiniOptions? options = null)
        : this(TowerMiniOptions.Schema.Checked(options), null, UsualName)
    {
    }

    /// <summary>Creates an environment of a level that is at hand.</summary>
    /// <param name="level">The level, whatever the options say.</param>
    /// <param name="options">The other settings; the usual ones when null.</param>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    public TowerMini(TowerLevel level, TowerMiniOptions? options = null)
        : this(TowerMiniOptions.Schema.Checked(options), level, UsualName)
    {
    }

    internal TowerMini(TowerMiniOptions options, TowerLevel? level, string name)
    {
        this.options = options;
        fixedLevel = level ?? Adapt(Load(options.Level));
        world = new TowerWorld(fixedLevel);
        Specification = new EnvironmentSpecification
        {
            Name = name,
            Observations = options.Observation switch
            {
                TowerObservationKind.Structured => new BoxSpace(new(TowerObservation.Length), TowerObservation.Padding - 1, 1 << 24),
                TowerObservationKind.Pixels => new BoxSpace(new(3, TowerPixels.Side, TowerPixels.Side), 0, 1),
                _ => new BoxSpace(new(TowerFeatures.Length)),
            },
            Actions = options.Actions switch
            {
                TowerActionKind.Choices => new DiscreteSpace(TowerChoices.Count),
                TowerActionKind.Grid => new DiscreteSpace(TowerChoices.GridCount),
                TowerActionKind.Continuous => new BoxSpace(new(3), -1, 1),
                _ => new MultiDiscreteSpace(TowerAction.Types, TowerLevel.MostPoints, TowerChoices.Cells),
            },
            MaximumSteps = 0,
            HasActionMask = options.Masked && options.Actions != TowerActionKind.Continuous,
            Metrics = ["score", "valid", "unspent", "won"],
        };
    }

    /// <inheritdoc/>
    public override EnvironmentSpecification Specification { get; }

    /// <summary>The game.</summary>
    public TowerWorld World => world;

    /// <inheritdoc/>
    public override void WriteActionMask(Span<bool> mask)
    {
        TowerChoices.WriteMask(world, choices);
        if (options.Actions == TowerActionKind.Choices)
        {
            choices.CopyTo(mask);
            return;
        }

        mask.Clear();
        bool anyPoint = false, anyCell = false;
        for (int choice = 0; choice < choices.Length; choice++)
        {
            if (!choices[choice])
            {
                continue;
            }

            if (options.Actions == TowerActionKind.Grid)
            {
                mask[TowerChoices.ToGrid(world, choice)] = true;
                continue;
            }

            TowerActionType type = TowerChoices.TypeOf(choice);
            mask[(int)type] = true;
            if (TowerWorld.NeedsTowerPoint(type))
            {
                mask[TowerAction.Types + TowerChoices.TargetOf(choice)] = anyPoint = true;
            }
            else if (TowerChoices.TargetOf(choice) is var cell and >= 0)
            {
                mask[TowerAction.Types + TowerLevel.MostPoints + cell] = anyCell = true;
            }
        }

        if (options.Actions == TowerActionKind.Factored)
        {
            // A part that nothing needs has one legal value.
            mask[TowerAction.Types] |= !anyPoint;
            mask[TowerAction.Types + TowerLevel.MostPoints] |= !anyCell;
        }
    }

    /// <inheritdoc/>
    public override void WriteMetrics(Span<float> metrics)
    {
        metrics[0] = (float)world.Score;
        metrics[1] = valid + invalid == 0 ? 1 : (float)valid / (valid + invalid);
        metrics[2] = world.Money;
        metrics[3] = world.Lives > 0 ? 1 : 0;
    }

    /// <inheritdoc/>
    public override void Draw(Canvas canvas) => TowerPicture.Draw(canvas, world);

    /// <inheritdoc/>
    public override void WriteText(TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        foreach (string line in TowerText.Lines(world))
        {
            writer.WriteLine(line);
        }
    }

    /// <summary>Takes the state of another game, for a policy that plays it.</summary>
    /// <param name="game">The game to look at.</param>
    /// <param name="observation">Receives what a policy sees of it.</param>
    public void See(TowerWorld game, Span<float> observation)
    {
        world.CopyFrom(game);
        Observe(observation);
    }

    /// <summary>The action that numbers of the space mean now.</summary>
    /// <param name="action">An element of the space.</param>
    public TowerAction Meaning(ReadOnlySpan<float> action) => options.Actions switch
    {
        TowerActionKind.Choices => TowerChoices.ToAction(world, (int)action[0]),
        TowerActionKind.Grid => TowerChoices.FromGrid(world, (int)action[0]),
        TowerActionKind.Continuous => TowerAction.FromUnit(action[0], action[1], action[2]),
        _ => Factored((TowerActionType)(int)action[0], (int)action[1], (int)action[2]),
    };

    /// <inheritdoc/>
    protected override SingleEnvironment NewCopy() => new TowerMini(options, fixedLevel, Specification.Name);

    /// <inheritdoc/>
    protected override void Begin(Span<float> observation)
    {
        levelSeed = (ulong)Random.Integer(LargestSeed);
        (valid, invalid) = (0, 0);
        world.Reset(LevelOf(levelSeed), 0);
        Observe(observation);
    }

    /// <inheritdoc/>
    protected override StepOutcome Advance(ReadOnlySpan<float> action, Span<float> observation)
    {
        // Chance is that of the episode, so that a planner who replaces it does not foresee the game.
        world.ReplaceRandom((ulong)Random.Integer(LargestSeed));
        TowerAction meaning = Meaning(action);
        TowerStep step = world.Decide(meaning);
        if (meaning.Type != TowerActionType.Nothing)
        {
            (valid, invalid) = step.Error == TowerError.None ? (valid + 1, invalid) : (valid, invalid + 1);
        }

        Observe(observation);
        return new StepOutcome(step.Reward - (step.Error == TowerError.None ? 0 : options.InvalidCost), Terminated: step.Ended);
    }

    /// <inheritdoc/>
    protected override void TransferState(StateTransfer state)
    {
        ArgumentNullException.ThrowIfNull(state);
        state.Value(ref levelSeed);
        state.Value(ref valid);
        state.Value(ref invalid);
        world.Save(saved);
        state.Values<int>(saved);
        if (!state.Reading)
        {
            return;
        }

        TowerLevel level = LevelOf(levelSeed);
        if (!ReferenceEquals(level, world.Level))
        {
            world.Reset(level, 0);
        }

        try
        {
            world.Restore(saved);
        }
        catch (TowerLevelException exception)
        {
            throw new InvalidDataException($"tower-mini: {exception.Message}", exception);
        }
    }

    private static TowerLevel Load(string level)
    {
        try
        {
            return TowerLevelFiles.Load(level);
        }
        catch (TowerLevelException exception)
        {
            throw new ArgumentException(exception.Message, exception);
        }
    }

    private static TowerAction At(TowerActionType type, MapPoint place) => new(type, place.X, place.Y);

    private TowerAction Factored(TowerActionType type, int point, int cell)
    {
        if (type == TowerActionType.CollectCoin)
        {
            return At(type, world.Coin?.Place ?? default);
        }

        return TowerWorld.NeedsTowerPoint(type)
            ? TowerChoices.ToAction(world, TowerChoices.Of(type, point))
            : At(type, TowerWorld.NeedsPlace(type) ? TowerChoices.CellCenter(cell) : default);
    }

    private void Observe(Span<float> observation)
    {
        switch (options.Observation)
        {
            case TowerObservationKind.Structured:
                TowerObservation.Write(world, observation);
                break;
            case TowerObservationKind.Pixels:
                TowerPixels.Write(world, pixels);
                int size = TowerPixels.Side * TowerPixels.Side;
                for (int i = 0; i < size; i++)
                {
                    observation[i] = pixels[3 * i] / 255f;
                    observation[size + i] = pixels[(3 * i) + 1] / 255f;
                    observation[(2 * size) + i] = pixels[(3 * i) + 2] / 255f;
                }

                break;
            default:
                TowerFeatures.Write(world, observation);
                break;
        }
    }

    private TowerLevel LevelOf(ulong seed) => options.Levels switch
    {
        TowerLevelChoice.Random => Adapt(TowerLevels.Draw(seed)),
        TowerLevelChoice.RandomWaves => Adapt(TowerLevels.DrawWithWaves(seed)),
        _ => fixedLevel,
    };

    private TowerLevel Adapt(TowerLevel level) =>
        options.DecisionPeriod == 0 ? level : level.WithRules(level.Rules with { DecisionPeriod = options.DecisionPeriod });
}
