namespace Proximal.Control.Environments.MiniGrid;

/// <summary>
/// MiniGrid-FourRooms: four rooms of 8 by 8 cells with one gap in each wall between two of them; agent and goal are anywhere. An episode is
/// truncated after 100 steps.
/// </summary>
public sealed class FourRooms : MiniGridEnvironment
{
    private const int Size = 19, Middle = 9;

    private readonly MiniGridOptions options;

    /// <summary>Creates the environment.</summary>
    /// <param name="options">Settings; the defaults when null.</param>
    public FourRooms(MiniGridOptions? options = null)
        : base("minigrid-fourrooms", Size, Size, 100, (options ?? new MiniGridOptions()).FullObservation, hasMission: false)
    {
        this.options = options ?? new MiniGridOptions();
    }

    /// <inheritdoc/>
    public override string Mission => "reach the goal";

    /// <inheritdoc/>
    protected override SingleEnvironment NewCopy() => new FourRooms(options);

    private protected override MiniGridState Generate(ref EpisodeRandom random)
    {
        for (int i = 0; i < Size; i++)
        {
            Layout.SetWall(Middle, i, true);
            Layout.SetWall(i, Middle, true);
        }

        Layout.SetWall(Middle, random.Integer(1, Middle - 1), false);
        Layout.SetWall(random.Integer(1, Middle - 1), Middle, false);
        Layout.SetWall(random.Integer(Middle + 1, Size - 2), Middle, false);
        Layout.SetWall(Middle, random.Integer(Middle + 1, Size - 2), false);
        GridPlace agent = PlaceIn(ref random, 0, 0, Size, Size, []);
        int direction = random.Integer(4);
        Layout.Goal = PlaceIn(ref random, 0, 0, Size, Size, [agent]);
        return new MiniGridState(agent, direction, GridObject.Empty, GridPlace.Nowhere, GridPlace.Nowhere, DoorState.Open);
    }
}
