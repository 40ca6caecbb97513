namespace Proximal.Control.Environments.MiniGrid;

/// <summary>
/// MiniGrid-UnlockPickup: the agent takes the key in the left room, unlocks the door, puts the key down and picks up the box in the right
/// room. Colors and places differ in every episode, which is truncated after 288 steps.
/// </summary>
public sealed class UnlockPickup : MiniGridEnvironment
{
    private const int RoomSize = 6, Width = 11, Height = 6, Colors = 6;

    private static readonly GridPlace MiddleOfRight = new(8, 3);

    private readonly MiniGridOptions options;

    /// <summary>Creates the environment.</summary>
    /// <param name="options">Settings; the defaults when null.</param>
    public UnlockPickup(MiniGridOptions? options = null)
        : base("minigrid-unlockpickup", Width, Height, 8 * RoomSize * RoomSize, (options ?? new MiniGridOptions()).FullObservation, hasMission: true)
    {
        this.options = options ?? new MiniGridOptions();
    }

    /// <inheritdoc/>
    public override string Mission => $"pick up the {Layout.BoxColor.ToString().ToLowerInvariant()} box";

    /// <inheritdoc/>
    protected override SingleEnvironment NewCopy() => new UnlockPickup(options);

    private protected override MiniGridState Generate(ref EpisodeRandom random)
    {
        for (int y = 0; y < Height; y++)
        {
            Layout.SetWall(RoomSize - 1, y, true);
        }

        Layout.BoxColor = (GridColor)random.Integer(Colors);
        GridPlace box;
        do
        {
            box = PlaceIn(ref random, RoomSize - 1, 0, RoomSize, RoomSize, []);
        }
        while (box.Distance(MiddleOfRight) < 2);

        Layout.Door = new GridPlace(RoomSize - 1, random.Integer(1, RoomSize - 2));
        Layout.DoorColor = (GridColor)random.Integer(Colors);
        Layout.SetWall(Layout.Door.X, Layout.Door.Y, false);
        GridPlace key = PlaceIn(ref random, 0, 0, RoomSize, RoomSize, []);
        MiniGridState state;
        do
        {
            GridPlace agent = PlaceIn(ref random, 0, 0, RoomSize, RoomSize, [key]);
            state = new MiniGridState(agent, random.Integer(4), GridObject.Empty, key, box, DoorState.Locked);
        }
        while (state.At(Layout, state.Agent.Next(state.Direction)) is not (GridObject.Empty or GridObject.Wall));

        return state;
    }
}
