namespace Proximal.Control.Environments.Navigation;

/// <summary>
/// Steers the ball of a <see cref="PointMaze"/> along shortest ways over free cells, from one random cell to the next or always to one:
/// a = clip(10 (w - position) - velocity, -1, 1), where w is the center of the next cell. It makes the data sets of D4RL.
/// </summary>
public sealed class WaypointController
{
    private const double Gain = 10, Damping = 1, Arrival = 0.1;

    private readonly PointMazeMap map;
    private readonly int[] distances;
    private EpisodeRandom random;
    private (int Row, int Column) target;
    private bool wanders;

    /// <summary>Creates a controller that wanders between random cells.</summary>
    /// <param name="map">The maze.</param>
    /// <param name="random">Draws the targets.</param>
    public WaypointController(PointMazeMap map, EpisodeRandom random)
    {
        ArgumentNullException.ThrowIfNull(map);
        this.map = map;
        this.random = random;
        distances = new int[map.Rows * map.Columns];
        Retarget();
    }

    /// <summary>The cell it steers to.</summary>
    public (int Row, int Column) Target => target;

    /// <summary>Steers to a cell from now on.</summary>
    /// <param name="row">Row.</param>
    /// <param name="column">Column.</param>
    /// <exception cref="ArgumentException">The cell is a wall.</exception>
    public void SetTarget(int row, int column)
    {
        if (map.IsWall(row, column))
        {
            throw new ArgumentException($"The cell in row {row}, column {column} is a wall.", nameof(row));
        }

        SetTarget((row, column), false);
    }

    /// <summary>Chooses the next action.</summary>
    /// <param name="x">Position along the rows.</param>
    /// <param name="y">Position along the columns.</param>
    /// <param name="velocityX">Velocity along the rows.</param>
    /// <param name="velocityY">Velocity along the columns.</param>
    /// <param name="action">Receives the action [2].</param>
    public void Choose(double x, double y, double velocityX, double velocityY, Span<float> action)
    {
        if (wanders && Math.Abs(x - target.Row) < Arrival && Math.Abs(y - target.Column) < Arrival)
        {
            Retarget();
        }

        (int Row, int Column) waypoint = map.Next(PointMazeMap.CellOf(x, y), distances);
        action[0] = (float)Math.Clamp((Gain * (waypoint.Row - x)) - (Damping * velocityX), -1, 1);
        action[1] = (float)Math.Clamp((Gain * (waypoint.Column - y)) - (Damping * velocityY), -1, 1);
    }

    private void Retarget() => SetTarget(map.FreeCells[random.Integer(map.FreeCells.Length)], true);

    private void SetTarget((int Row, int Column) cell, bool wandering)
    {
        target = cell;
        wanders = wandering;
        map.Distances(cell, distances);
    }
}
