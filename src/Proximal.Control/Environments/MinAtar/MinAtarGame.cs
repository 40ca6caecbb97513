using Proximal.Control.Rendering;
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

    private static readonly Color[] Palette = [Color.White, Color.Crimson, Color.Amber, Color.Teal, Color.Sky, Color.Amber, Color.Crimson, Color.Sky, Color.Teal, Color.Indigo];

    private readonly string symbols;
    private readonly MinAtarAction[] actions;
    private readonly MinAtarAction[] minimal;
    private MinAtarAction last;

    private protected MinAtarGame(string name, string symbols, string[] channels, MinAtarAction[] minimal, MinAtarOptions? options)
    {
        Options = MinAtarOptions.Schema.Checked(options);
        Channels = channels;
        this.symbols = symbols;
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
    public sealed override void Draw(Canvas canvas)
    {
        ArgumentNullException.ThrowIfNull(canvas);
        const double Margin = 0.04;
        canvas.SetWorld(0, Size, Size, 0);
        canvas.Rectangle(0, Size, Size, 0, Color.Ink);
        float[] cells = Cells();
        for (int cell = 0; cell < Size * Size; cell++)
        {
            if (TopChannel(cells, cell) is { } channel)
            {
                double row = cell / Size, column = cell % Size;
                Color color = Channels[channel] == "trail" ? Color.Gray : Palette[channel % Palette.Length];
                canvas.Rectangle(column + Margin, row + 1 - Margin, column + 1 - Margin, row + Margin, color);
            }
        }
    }

    /// <inheritdoc/>
    public sealed override void WriteText(TextWriter writer)
    {
        base.WriteText(writer);
        float[] cells = Cells();
        for (int row = 0; row < Size; row++)
        {
            for (int column = 0; column < Size; column++)
            {
                writer.Write(TopChannel(cells, (row * Size) + column) is { } channel ? symbols[channel] : ' ');
            }

            writer.WriteLine('|');
        }
    }

    /// <inheritdoc/>
    protected sealed override void Begin(Span<float> observation)
    {
        last = MinAtarAction.None;
        Start();
        Show(new MinAtarBoard(observation));
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
        Show(new MinAtarBoard(observation));
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
    private protected abstract void Show(MinAtarBoard board);

    private static int? TopChannel(ReadOnlySpan<float> cells, int cell)
    {
        for (int channel = 0; channel * Size * Size < cells.Length; channel++)
        {
            if (cells[(channel * Size * Size) + cell] > 0)
            {
                return channel;
            }
        }

        return null;
    }

    private float[] Cells()
    {
        float[] cells = new float[Channels.Count * Size * Size];
        Show(new MinAtarBoard(cells));
        return cells;
    }
}
