using System.Globalization;
using Proximal.Control.Rendering;
using Proximal.Control.Spaces;
using Proximal.Control.State;
using Proximal.Tensors;

namespace Proximal.Control.Environments.Diagnostic;

/// <summary>
/// Two rooms of k x k cells with a door between them, seen through a window of 3 x 3 cells: a way from the first column A to the goal B in the last one
/// leads through the door M. Data of ways from A to M and from M to B hold no way from A to B: whoever learns from them has to put halves together, which
/// policies of whole histories cannot. The observation tells for each cell of the window, row by row, whether it is free (0), a wall (1) or the goal (0.5).
/// Actions: 0 up, 1 right, 2 down, 3 left; walls stop. The reward is 1 at the goal, which ends the episode; it is truncated after 8 k steps. Metric: success.
/// </summary>
public sealed class StitchGrid : SingleEnvironment
{
    private const int Window = 3;

    private readonly StitchGridOptions options;
    private readonly int columns;
    private int row;
    private int column;
    private bool reached;

    /// <summary>Creates the rooms.</summary>
    /// <param name="options">Settings; the defaults when null.</param>
    /// <exception cref="ArgumentException">A setting is outside its range.</exception>
    public StitchGrid(StitchGridOptions? options = null)
    {
        this.options = options ?? new StitchGridOptions();
        if (StitchGridOptions.Schema.FindFault(this.options) is { } fault)
        {
            throw new ArgumentException($"stitch-grid: {fault}.", nameof(options));
        }

        columns = (2 * this.options.Size) + 1;
        Specification = new EnvironmentSpecification
        {
            Name = "stitch-grid",
            Observations = new BoxSpace(new Shape(Window * Window), 0, 1),
            Actions = new DiscreteSpace(4),
            MaximumSteps = 8 * this.options.Size,
            Metrics = ["success"],
        };
    }

    /// <inheritdoc/>
    public override EnvironmentSpecification Specification { get; }

    /// <summary>Where the policy is, which it does not see.</summary>
    public (int Row, int Column) Position => (row, column);

    /// <summary>The cell of the door.</summary>
    public (int Row, int Column) Door => (options.Size / 2, options.Size);

    /// <summary>The cell of the goal.</summary>
    public (int Row, int Column) Goal => (options.Size - 1, columns - 1);

    /// <summary>The action of a shortest way through the door to the goal: right, and beside the wall towards the door.</summary>
    public int ShortestAction() => column switch
    {
        _ when column == Door.Column - 1 && row != Door.Row => row < Door.Row ? 2 : 0,
        _ => column < Goal.Column ? 1 : 2,
    };

    /// <inheritdoc/>
    public override void WriteMetrics(Span<float> metrics) => metrics[0] = reached ? 1 : 0;

    /// <inheritdoc/>
    public override void Draw(Canvas canvas)
    {
        ArgumentNullException.ThrowIfNull(canvas);
        canvas.SetWorld(-1.5, -options.Size - 0.5, columns + 0.5, 1.5);
        canvas.Rectangle(-0.5, -options.Size + 0.5, columns - 0.5, 0.5, Color.Silver);
        for (int each = 0; each < options.Size; each++)
        {
            if (each != Door.Row)
            {
                canvas.Rectangle(Door.Column - 0.5, -each - 0.5, Door.Column + 0.5, -each + 0.5, Color.Gray);
            }
        }

        canvas.Circle(new Point(Goal.Column, -Goal.Row), 0.4, Color.Teal);
        canvas.Circle(new Point(column, -row), 0.35, Color.Indigo);
    }

    /// <inheritdoc/>
    public override void WriteText(TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"row {row} of {options.Size}, column {column} of {columns}; the door is in row {Door.Row}, column {Door.Column}"));
    }

    /// <inheritdoc/>
    protected override SingleEnvironment NewCopy() => new StitchGrid(options);

    /// <inheritdoc/>
    protected override void Begin(Span<float> observation)
    {
        (row, column) = options.StartInDoor ? Door : (Random.Integer(options.Size), 0);
        reached = false;
        Observe(observation);
    }

    /// <inheritdoc/>
    protected override StepOutcome Advance(ReadOnlySpan<float> action, Span<float> observation)
    {
        (int down, int right) = (int)action[0] switch { 0 => (-1, 0), 1 => (0, 1), 2 => (1, 0), _ => (0, -1) };
        if (!IsWall(row + down, column + right))
        {
            (row, column) = (row + down, column + right);
        }

        reached = (row, column) == Goal;
        Observe(observation);
        return new StepOutcome(reached ? 1 : 0, reached, options.EndInDoor && (row, column) == Door);
    }

    /// <inheritdoc/>
    protected override void TransferState(StateTransfer state)
    {
        state.Value(ref row);
        state.Value(ref column);
        state.Value(ref reached);
    }

    private bool IsWall(int atRow, int atColumn) =>
        atRow < 0 || atRow >= options.Size || atColumn < 0 || atColumn >= columns || (atColumn == Door.Column && atRow != Door.Row);

    private void Observe(Span<float> observation)
    {
        for (int i = 0; i < observation.Length; i++)
        {
            (int Row, int Column) cell = (row + (i / Window) - 1, column + (i % Window) - 1);
            observation[i] = IsWall(cell.Row, cell.Column) ? 1 : cell == Goal ? 0.5f : 0;
        }
    }
}
