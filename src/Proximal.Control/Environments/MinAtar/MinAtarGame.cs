using Proximal.Control.Spaces;
using Proximal.Control.State;

namespace Proximal.Control.Environments.MinAtar;

/// <summary>
/// A game of MinAtar (Young and Tian 2019, "MinAtar: An Atari-Inspired Testbed for Thorough and Reproducible Reinforcement Learning
/// Experiments"): a board of 10x10 cells with several channels of 0 and 1, in the order [channel, row, column], and six actions, which stick
/// with probability 0.1. Rules, timers and channels are those of the original; its random numbers are not.
/// </summary>
public abstract class MinAtarGame : SingleEnvironment
{
    /// <summary>Rows and columns of the board.</summary>
    public const int Size = 10;

    private readonly MinAtarAction[] actions;
    private readonly MinAtarAction[] minimal;
    private MinAtarAction last;

    private protected MinAtarGame(string name, string[] channels, MinAtarAction[] minimal, MinAtarOptions? options)
    {
        Options = options ?? new();
        Options.Validate();
        Channels = channels;
        this.minimal = minimal;
        actions = Options.Actions == MinAtarActionSet.Minimal ? minimal : Enum.GetValues<MinAtarAction>();
        Specification = new()
        {
            Name = name,
            Observations = new BoxSpace(new(channels.Length, Size, Size), 0, 1),
            Actions = new DiscreteSpace(actions.Length),
            MaximumSteps = Options.MaximumSteps,
            HasActionMask = Options.Actions == MinAtarActionSet.Masked,
        };
    }

    /// <inheritdoc/>
    public override EnvironmentSpecification Specification { get; }

    /// <summary>What each channel of the observation shows.</summary>
    public IReadOnlyList<string> Channels { get; }

    /// <summary>The settings.</summary>
    protected MinAtarOptions Options { get; }

    /// <inheritdoc/>
    public override void WriteActionMask(Span<bool> mask)
    {
        for (int i = 0; i < mask.Length; i++)
        {
            mask[i] = minimal.Contains((MinAtarAction)i);
        }
    }

    /// <inheritdoc/>
    protected sealed override void Begin(Span<float> observation)
    {
        last = MinAtarAction.None;
        Start();
        Draw(new MinAtarBoard(observation));
    }

    /// <inheritdoc/>
    protected sealed override StepOutcome Advance(ReadOnlySpan<float> action, Span<float> observation)
    {
        if (Options.StickyActions == 0 || !Random.Chance(Options.StickyActions))
        {
            last = actions[(int)action[0]];
        }

        bool over = false;
        int reward = Play(last, ref over);
        Draw(new MinAtarBoard(observation));
        return new StepOutcome(reward, over);
    }

    /// <inheritdoc/>
    protected override void TransferState(StateTransfer state) => state.Value(ref last);

    /// <summary>Sets up the board.</summary>
    private protected abstract void Start();

    /// <summary>Plays a frame and returns the reward.</summary>
    /// <param name="action">The action that is carried out.</param>
    /// <param name="over">Set when the game is lost.</param>
    private protected abstract int Play(MinAtarAction action, ref bool over);

    /// <summary>Shows the board.</summary>
    private protected abstract void Draw(MinAtarBoard board);
}
