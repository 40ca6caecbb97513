using Proximal.Control.Rendering;

namespace Proximal.Control.Environments.ToyText;

/// <summary>
/// CliffWalking (Sutton and Barto, example 6.6, as in Gymnasium): along a cliff from the bottom left of a field of 4 by 12 cells to its
/// bottom right, by moves up (0), right (1), down (2) and left (3). The observation is row times 12 plus column; the reward is -1 a step, and
/// -100 for one over the cliff, which leads back to the start. An episode ends at the goal; Gymnasium has no limit, here it is 500 steps.
/// </summary>
public sealed class CliffWalking : TabularEnvironment
{
    private const int Rows = 4, Columns = 12, Actions = 4, StartState = 36, Goal = 47;

    private readonly CliffWalkingOptions options;

    /// <summary>Creates the environment.</summary>
    /// <param name="options">Settings; the defaults when null.</param>
    /// <exception cref="ArgumentException">The limit is negative.</exception>
    public CliffWalking(CliffWalkingOptions? options = null)
        : this(Checked(options ?? new CliffWalkingOptions()), null)
    {
    }

    private CliffWalking(CliffWalkingOptions options, TransitionTable? table)
        : base(table ?? CreateTable(options.Slippery), "cliffwalking", options.MaximumSteps)
    {
        this.options = options;
    }

    /// <inheritdoc/>
    public override void Draw(Canvas canvas)
    {
        ArgumentNullException.ThrowIfNull(canvas);
        canvas.SetWorld(0, Rows, Columns, 0);
        canvas.Rectangle(0, 0, Columns, Rows, Color.Silver);
        canvas.Rectangle(1, Rows - 1, Columns - 1, Rows, Color.Crimson);
        canvas.Rectangle(Columns - 0.85, Rows - 0.85, Columns - 0.15, Rows - 0.15, Color.Teal);
        canvas.Circle(new Point((State % Columns) + 0.5, (State / Columns) + 0.5), 0.3, Color.Indigo);
    }

    /// <inheritdoc/>
    public override void WriteText(TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        Span<char> line = stackalloc char[Columns];
        for (int row = 0; row < Rows; row++)
        {
            for (int column = 0; column < Columns; column++)
            {
                int cell = (row * Columns) + column;
                line[column] = cell == State ? '@' : cell == Goal ? 'G' : IsCliff(cell) ? 'C' : '.';
            }

            writer.WriteLine(line);
        }
    }

    /// <inheritdoc/>
    protected override SingleEnvironment NewCopy() => new CliffWalking(options, Table);

    private static CliffWalkingOptions Checked(CliffWalkingOptions options) =>
        CliffWalkingOptions.Schema.FindFault(options) is { } fault ? throw new ArgumentException($"cliffwalking: {fault}.", nameof(options)) : options;

    private static bool IsCliff(int state) => state is > StartState and < Goal;

    private static TransitionTable CreateTable(bool slippery)
    {
        double[] initial = new double[Rows * Columns];
        initial[StartState] = 1;
        return new TransitionTable(initial, Actions, (state, action) => slippery
            ? [Move(state, (action + 3) % Actions, 1.0 / 3), Move(state, action, 1.0 / 3), Move(state, (action + 1) % Actions, 1.0 / 3)]
            : [Move(state, action, 1)]);

        static Transition Move(int state, int direction, double probability)
        {
            int row = state / Columns, column = state % Columns;
            (row, column) = direction switch
            {
                0 => (Math.Max(row - 1, 0), column),
                1 => (row, Math.Min(column + 1, Columns - 1)),
                2 => (Math.Min(row + 1, Rows - 1), column),
                _ => (row, Math.Max(column - 1, 0)),
            };
            int next = (row * Columns) + column;
            return IsCliff(next) ? new Transition(probability, StartState, -100, false) : new Transition(probability, next, -1, next == Goal);
        }
    }
}
