using Proximal.Control.Rendering;
using Proximal.Control.Spaces;
using Proximal.Control.State;
using Proximal.Tensors;

namespace Proximal.Control.Environments.Navigation;

/// <summary>
/// A ball that is pushed through a maze, after maze2d of D4RL (Fu et al. 2020): force 100 a on 4.18879 kg with a in [-1, 1]^2, damping 1, 0.01 s
/// a step. The observation is position and velocity, with the goal behind it in the goal-conditioned variant, whose parts are
/// <c>observation</c> and <c>goal</c>. The reward is 1 within half a unit of the goal, or exp(-distance) if dense. An episode begins in a random
/// free cell and is truncated after 300 steps (U-maze and open), 600 (medium) or 800 (large); only the goal-conditioned one ends at the goal.
/// </summary>
public sealed class PointMaze : SingleEnvironment
{
    private const double Radius = 0.1, Mass = 4.18879, Force = 100, TimeStep = 0.01, Fastest = 5, Reach = 0.5, Offset = 0.2;

    // A ball that touches a wall is not in it, whatever the last digit says.
    private const double Contact = 1e-9;

    private readonly PointMazeOptions options;
    private double x;
    private double y;
    private double velocityX;
    private double velocityY;
    private double goalX;
    private double goalY;
    private bool reached;

    /// <summary>Creates the environment.</summary>
    /// <param name="options">Settings; the defaults when null.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such layout.</exception>
    public PointMaze(PointMazeOptions? options = null)
        : this(options ?? new PointMazeOptions(), PointMazeMap.Of((options ?? new PointMazeOptions()).Layout))
    {
    }

    private PointMaze(PointMazeOptions options, PointMazeMap map)
    {
        this.options = options;
        Map = map;
        float size = Math.Max(map.Rows, map.Columns), fastest = (float)(Fastest + (TimeStep * Force / Mass)) + 1;
        BoxSpace body = new([-1, -1, -fastest, -fastest], [size, size, fastest, fastest]);
        Specification = new EnvironmentSpecification
        {
            Name = "pointmaze",
            Observations = options.GoalConditioned ? new DictionarySpace(("observation", body), ("goal", new BoxSpace(new Shape(2), -1, size))) : body,
            Actions = new BoxSpace(new Shape(2), -1, 1),
            MaximumSteps = options.Layout switch
            {
                PointMazeLayout.Medium => 600,
                PointMazeLayout.Large => 800,
                _ => 300,
            },
            Metrics = ["success"],
        };
    }

    /// <inheritdoc/>
    public override EnvironmentSpecification Specification { get; }

    /// <summary>The maze.</summary>
    public PointMazeMap Map { get; }

    /// <summary>How much lower than they are positions are observed, along both axes.</summary>
    internal double ObservationOffset => options.D4rlOffset ? Offset : 0;

    /// <summary>Where the goal is.</summary>
    public (double X, double Y) Goal => (goalX, goalY);

    /// <summary>The mean return of a random policy and of the controller of D4RL, which are 0 and 100 of its normalized score; null where it has none.</summary>
    public (double Random, double Expert)? ReferenceReturns => options switch
    {
        { DenseReward: true } or { GoalConditioned: true } => null,
        { Layout: PointMazeLayout.UMaze } => (23.85, 161.86),
        { Layout: PointMazeLayout.Medium } => (13.13, 277.39),
        { Layout: PointMazeLayout.Large } => (6.7, 273.99),
        _ => null,
    };

    /// <inheritdoc/>
    public override void WriteMetrics(Span<float> metrics) => metrics[0] = reached ? 1 : 0;

    /// <inheritdoc/>
    public override void Draw(Canvas canvas)
    {
        ArgumentNullException.ThrowIfNull(canvas);
        canvas.SetWorld(-0.5, Map.Rows - 0.5, Map.Columns - 0.5, -0.5);
        for (int row = 0; row < Map.Rows; row++)
        {
            for (int column = 0; column < Map.Columns; column++)
            {
                if (Map.IsWall(row, column))
                {
                    canvas.Rectangle(column - 0.5, row - 0.5, column + 0.5, row + 0.5, Color.Gray);
                }
            }
        }

        canvas.Circle(new Point(goalY, goalX), Reach / 2, Color.Teal);
        canvas.Circle(new Point(y, x), Radius, Color.Indigo);
    }

    /// <inheritdoc/>
    public override void WriteText(TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        (int Row, int Column) ball = PointMazeMap.CellOf(x, y), goal = PointMazeMap.CellOf(goalX, goalY);
        Span<char> line = stackalloc char[Map.Columns];
        for (int row = 0; row < Map.Rows; row++)
        {
            for (int column = 0; column < Map.Columns; column++)
            {
                line[column] = (row, column) == ball ? '@' : (row, column) == goal ? 'G' : Map.IsWall(row, column) ? '#' : '.';
            }

            writer.WriteLine(line);
        }
    }

    /// <inheritdoc/>
    protected override SingleEnvironment NewCopy() => new PointMaze(options, Map);

    /// <inheritdoc/>
    protected override void Begin(Span<float> observation)
    {
        (int Row, int Column) start = Map.FreeCells[Random.Integer(Map.FreeCells.Length)], goal = Map.Goal;
        while (options.GoalConditioned && (goal = Map.FreeCells[Random.Integer(Map.FreeCells.Length)]) == start)
        {
        }

        x = start.Row + Random.Uniform(-0.1, 0.1);
        y = start.Column + Random.Uniform(-0.1, 0.1);
        velocityX = 0.1 * Random.Normal();
        velocityY = 0.1 * Random.Normal();
        (goalX, goalY) = (goal.Row, goal.Column);
        reached = false;
        Observe(observation);
    }

    /// <inheritdoc/>
    protected override StepOutcome Advance(ReadOnlySpan<float> action, Span<float> observation)
    {
        velocityX = Push(velocityX, action[0]);
        velocityY = Push(velocityY, action[1]);
        x = Move(x, ref velocityX, alongRows: true);
        y = Move(y, ref velocityY, alongRows: false);
        double distance = Math.Sqrt(((x - goalX) * (x - goalX)) + ((y - goalY) * (y - goalY)));
        bool near = distance <= Reach;
        reached |= near;
        Observe(observation);
        return new StepOutcome(options.DenseReward ? Math.Exp(-distance) : near ? 1 : 0, options.GoalConditioned && near);
    }

    /// <inheritdoc/>
    protected override void TransferState(StateTransfer state)
    {
        state.Value(ref reached);
        state.Value(ref goalX);
        state.Value(ref goalY);
        state.Value(ref x);
        state.Value(ref y);
        state.Value(ref velocityX);
        state.Value(ref velocityY);
    }

    private static double Push(double velocity, double action) =>
        (Math.Clamp(velocity, -Fastest, Fastest) + (TimeStep * Force * Math.Clamp(action, -1, 1) / Mass)) / (1 + (TimeStep / Mass));

    // Along one axis, up to the first wall that the square around the ball would enter: a step is shorter than a cell.
    private double Move(double from, ref double velocity, bool alongRows)
    {
        double to = from + (TimeStep * velocity), side = alongRows ? y : x;
        if (velocity == 0)
        {
            return to;
        }

        int ahead = (int)Math.Floor(to + (Math.Sign(velocity) * (Radius - Contact)) + 0.5);
        int low = (int)Math.Floor(side - Radius + Contact + 0.5), high = (int)Math.Floor(side + Radius - Contact + 0.5);
        for (int across = low; across <= high; across++)
        {
            if (alongRows ? Map.IsWall(ahead, across) : Map.IsWall(across, ahead))
            {
                double contact = ahead - (Math.Sign(velocity) * (0.5 + Radius));
                velocity = 0;
                return contact;
            }
        }

        return to;
    }

    private void Observe(Span<float> observation)
    {
        double offset = options.D4rlOffset ? Offset : 0;
        observation[0] = (float)(x - offset);
        observation[1] = (float)(y - offset);
        observation[2] = (float)velocityX;
        observation[3] = (float)velocityY;
        if (options.GoalConditioned)
        {
            observation[4] = (float)(goalX - offset);
            observation[5] = (float)(goalY - offset);
        }
    }
}
