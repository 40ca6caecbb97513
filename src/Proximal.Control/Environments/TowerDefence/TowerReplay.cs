using Proximal.Control.Rendering;
using Proximal.Control.Spaces;
using Proximal.Control.State;
using Proximal.Worlds.TowerDefence;
using Proximal.Worlds.TowerDefence.Games;

namespace Proximal.Control.Environments.TowerDefence;

/// <summary>A recorded game as an environment with one action, to go on, so that it can be drawn like any other episode.</summary>
public sealed class TowerReplay : SingleEnvironment
{
    private readonly TowerGame game;
    private readonly TowerWorld world;
    private readonly int[] saved = new int[TowerWorld.SavedLength];
    private int decision;

    /// <summary>Creates an environment.</summary>
    /// <param name="game">The game.</param>
    public TowerReplay(TowerGame game)
    {
        ArgumentNullException.ThrowIfNull(game);
        this.game = game;
        world = new TowerWorld(game.Level, game.Seed);
        Specification = new EnvironmentSpecification
        {
            Name = "tower-mini",
            Observations = new BoxSpace(new(1)),
            Actions = new DiscreteSpace(1),
            MaximumSteps = Math.Max(1, game.Moves.Count),
        };
    }

    /// <inheritdoc/>
    public override EnvironmentSpecification Specification { get; }

    /// <summary>Writes a game as an animated picture.</summary>
    /// <param name="game">The game.</param>
    /// <param name="path">A file that ends in .gif or .svg, replaced as a whole.</param>
    /// <param name="options">Size and length; a square that shows a third of a minute when null.</param>
    public static RecordedEpisode Record(TowerGame game, string path, RecordingOptions? options = null) => EpisodeRecorder.Record(
        new TowerReplay(game), (_, actions) => actions.Clear(), 0, path, options ?? new RecordingOptions { Width = 360, Height = 408, FramesPerSecond = 6 });

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

    /// <inheritdoc/>
    protected override SingleEnvironment NewCopy() => new TowerReplay(game);

    /// <inheritdoc/>
    protected override void Begin(Span<float> observation)
    {
        world.Reset(game.Seed);
        decision = 0;
        observation[0] = 0;
    }

    /// <inheritdoc/>
    protected override StepOutcome Advance(ReadOnlySpan<float> action, Span<float> observation)
    {
        TowerStep step = world.Decide(game.Moves[decision].Action);
        observation[0] = ++decision;
        return new StepOutcome(step.Reward, Terminated: step.Ended);
    }

    /// <inheritdoc/>
    protected override void TransferState(StateTransfer state)
    {
        ArgumentNullException.ThrowIfNull(state);
        state.Value(ref decision);
        (ulong seed, long draws) = world.Chance;
        state.Value(ref draws);
        world.Save(saved);
        state.Values<int>(saved);
        if (state.Reading)
        {
            world.Chance = (seed, draws);
            world.Restore(saved);
        }
    }
}
