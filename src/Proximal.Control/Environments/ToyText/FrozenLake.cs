using Proximal.Control.Rendering;

namespace Proximal.Control.Environments.ToyText;

/// <summary>
/// FrozenLake-v1 (as in Gymnasium): over the ice from the start to the goal without falling into a hole, by moves left (0), down (1), right
/// (2) and up (3), which slip to one of the two sides two times out of three. The observation is row times columns plus column; the reward is
/// 1 at the goal. An episode ends at the goal or in a hole and is truncated after 100 steps, or 200 on larger maps.
/// </summary>
public sealed class FrozenLake : TabularEnvironment
{
    private const int Actions = 4;

    private readonly FrozenLakeOptions options;
    private readonly IReadOnlyList<string> map;

    /// <summary>Creates the environment.</summary>
    /// <param name="options">Settings; the defaults when null.</param>
    /// <exception cref="ArgumentException">The map is not one.</exception>
    public FrozenLake(FrozenLakeOptions? options = null)
        : this(options ?? new FrozenLakeOptions(), CreateMap(options ?? new FrozenLakeOptions()), null)
    {
    }

    private FrozenLake(FrozenLakeOptions options, IReadOnlyList<string> map, TransitionTable? table)
        : base(table ?? CreateTable(options, map), "frozenlake", Limit(options, map), Threshold(options, map))
    {
        this.options = options;
        this.map = map;
    }

    /// <summary>The map, one row a string.</summary>
    public IReadOnlyList<string> Map => map;

    /// <inheritdoc/>
    public override void Draw(Canvas canvas)
    {
        ArgumentNullException.ThrowIfNull(canvas);
        int columns = map[0].Length;
        canvas.SetWorld(0, map.Count, columns, 0);
        canvas.Rectangle(0, 0, columns, map.Count, Color.Sky);
        for (int row = 0; row < map.Count; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                switch (map[row][column])
                {
                    case 'H':
                        canvas.Circle(new Point(column + 0.5, row + 0.5), 0.38, Color.Ink);
                        break;
                    case 'G':
                        canvas.Rectangle(column + 0.15, row + 0.15, column + 0.85, row + 0.85, Color.Teal);
                        break;
                    case 'S':
                        canvas.Rectangle(column + 0.15, row + 0.15, column + 0.85, row + 0.85, Color.Silver);
                        break;
                }
            }
        }

        canvas.Circle(new Point((State % columns) + 0.5, (State / columns) + 0.5), 0.27, Color.Indigo);
    }

    /// <inheritdoc/>
    public override void WriteText(TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        int columns = map[0].Length;
        for (int row = 0; row < map.Count; row++)
        {
            int agent = State / columns == row ? State % columns : columns;
            writer.WriteLine(agent < columns ? $"{map[row].AsSpan(0, agent)}@{map[row].AsSpan(agent + 1)}" : map[row]);
        }
    }

    /// <inheritdoc/>
    protected override SingleEnvironment NewCopy() => new FrozenLake(options, map, Table);

    private static IReadOnlyList<string> CreateMap(FrozenLakeOptions options) =>
        FrozenLakeOptions.Schema.FindFault(options) is { } fault ? throw new ArgumentException($"frozenlake: {fault}.", nameof(options)) : FrozenLakeMap.Resolve(options);

    private static int Limit(FrozenLakeOptions options, IReadOnlyList<string> map) =>
        options.MaximumSteps > 0 ? options.MaximumSteps : map.Count * map[0].Length <= 16 ? 100 : 200;

    private static double? Threshold(FrozenLakeOptions options, IReadOnlyList<string> map) =>
        options with { Map = "4x4" } != new FrozenLakeOptions() ? null : map == FrozenLakeMap.Small ? 0.70 : map == FrozenLakeMap.Large ? 0.85 : null;

    private static TransitionTable CreateTable(FrozenLakeOptions options, IReadOnlyList<string> map)
    {
        int rows = map.Count, columns = map[0].Length;
        double[] initial = new double[rows * columns];
        int starts = map.Sum(row => row.Count(cell => cell == 'S'));
        for (int state = 0; state < initial.Length; state++)
        {
            initial[state] = Cell(state) == 'S' ? 1.0 / starts : 0;
        }

        return new TransitionTable(initial, Actions, (state, action) =>
        {
            if (Cell(state) is 'G' or 'H')
            {
                return [new Transition(1, state, 0, true)];
            }

            double aside = (1 - options.SuccessRate) / 2;
            return options.Slippery
                ? [Move(state, (action + 3) % Actions, aside), Move(state, action, options.SuccessRate), Move(state, (action + 1) % Actions, aside)]
                : [Move(state, action, 1)];
        });

        char Cell(int state) => map[state / columns][state % columns];

        Transition Move(int state, int direction, double probability)
        {
            int row = state / columns, column = state % columns;
            int next = direction switch
            {
                0 => (row * columns) + Math.Max(column - 1, 0),
                1 => (Math.Min(row + 1, rows - 1) * columns) + column,
                2 => (row * columns) + Math.Min(column + 1, columns - 1),
                _ => (Math.Max(row - 1, 0) * columns) + column,
            };
            return Cell(next) switch
            {
                'G' => new Transition(probability, next, options.GoalReward, true),
                'H' => new Transition(probability, next, options.HoleReward, true),
                _ => new Transition(probability, next, options.FrozenReward, false),
            };
        }
    }
}
