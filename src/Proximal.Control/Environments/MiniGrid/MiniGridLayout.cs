using Proximal.Control.State;

namespace Proximal.Control.Environments.MiniGrid;

/// <summary>What stays the same during an episode in a MiniGrid: walls, and where door and goal are.</summary>
public sealed class MiniGridLayout : IStateful
{
    private readonly bool[] walls;
    private GridPlace goal;
    private GridPlace door;
    private GridColor doorColor;
    private GridColor boxColor;

    internal MiniGridLayout(int width, int height)
    {
        (Width, Height) = (width, height);
        walls = new bool[width * height];
        Clear();
    }

    /// <summary>Number of columns.</summary>
    public int Width { get; }

    /// <summary>Number of rows.</summary>
    public int Height { get; }

    /// <summary>Where the goal is; nowhere where a box is to be picked up instead.</summary>
    public GridPlace Goal
    {
        get => goal;
        internal set => goal = value;
    }

    /// <summary>Where the door is, or nowhere.</summary>
    public GridPlace Door
    {
        get => door;
        internal set => door = value;
    }

    /// <summary>The color of the door and of its key.</summary>
    public GridColor DoorColor
    {
        get => doorColor;
        internal set => doorColor = value;
    }

    /// <summary>The color of the box.</summary>
    public GridColor BoxColor
    {
        get => boxColor;
        internal set => boxColor = value;
    }

    /// <summary>Whether a cell is a wall; everything outside is.</summary>
    /// <param name="place">The cell.</param>
    public bool IsWall(GridPlace place) => (uint)place.X >= (uint)Width || (uint)place.Y >= (uint)Height || walls[(place.Y * Width) + place.X];

    /// <inheritdoc/>
    public void Transfer(StateTransfer state)
    {
        state.Values(walls.AsSpan());
        state.Value(ref goal);
        state.Value(ref door);
        state.Value(ref doorColor);
        state.Value(ref boxColor);
    }

    internal void Clear()
    {
        goal = door = GridPlace.Nowhere;
        doorColor = boxColor = GridColor.Red;
        for (int y = 0; y < Height; y++)
        {
            for (int x = 0; x < Width; x++)
            {
                walls[(y * Width) + x] = x == 0 || y == 0 || x == Width - 1 || y == Height - 1;
            }
        }
    }

    internal void SetWall(int x, int y, bool wall) => walls[(y * Width) + x] = wall;
}
