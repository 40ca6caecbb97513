namespace Proximal.Control.Environments.MiniGrid;

/// <summary>
/// MiniGrid-DoorKey: the agent takes the yellow key in the left room, unlocks the door in the wall and goes to the goal in the lower right
/// corner. Wall, door, key and agent lie somewhere else in every episode, which is truncated after 10 size^2 steps.
/// </summary>
public sealed class DoorKey : MiniGridEnvironment
{
    private readonly DoorKeyOptions options;

    /// <summary>Creates the environment.</summary>
    /// <param name="options">Settings; the defaults when null.</param>
    /// <exception cref="ArgumentException">The size is outside its range.</exception>
    public DoorKey(DoorKeyOptions? options = null)
        : this(Checked(options ?? new DoorKeyOptions()), (options ?? new DoorKeyOptions()).Size)
    {
    }

    private DoorKey(DoorKeyOptions options, int size)
        : base("minigrid-doorkey", size, size, 10 * size * size, options.FullObservation, hasMission: false)
    {
        this.options = options;
    }

    /// <inheritdoc/>
    public override string Mission => "use the key to open the door and then get to the goal";

    /// <inheritdoc/>
    protected override SingleEnvironment NewCopy() => new DoorKey(options);

    private protected override MiniGridState Generate(ref EpisodeRandom random)
    {
        int size = options.Size, wall = random.Integer(2, size - 3);
        for (int y = 0; y < size; y++)
        {
            Layout.SetWall(wall, y, true);
        }

        Layout.Goal = new GridPlace(size - 2, size - 2);
        GridPlace agent = PlaceIn(ref random, 0, 0, wall, size, []);
        int direction = random.Integer(4);
        Layout.Door = new GridPlace(wall, random.Integer(1, size - 3));
        Layout.DoorColor = GridColor.Yellow;
        Layout.SetWall(Layout.Door.X, Layout.Door.Y, false);
        GridPlace key = PlaceIn(ref random, 0, 0, wall, size, [agent]);
        return new MiniGridState(agent, direction, GridObject.Empty, key, GridPlace.Nowhere, DoorState.Locked);
    }

    private static DoorKeyOptions Checked(DoorKeyOptions options) =>
        DoorKeyOptions.Schema.FindFault(options) is { } fault ? throw new ArgumentException($"minigrid-doorkey: {fault}.", nameof(options)) : options;
}
