namespace Proximal.Control.Environments.MiniGrid;

/// <summary>What lies on a cell of a MiniGrid; the numbers are those of the observation.</summary>
public enum GridObject : byte
{
    /// <summary>Hidden from the agent.</summary>
    Unseen = 0,

    /// <summary>Nothing.</summary>
    Empty = 1,

    /// <summary>A wall.</summary>
    Wall = 2,

    /// <summary>A floor with a color.</summary>
    Floor = 3,

    /// <summary>A door.</summary>
    Door = 4,

    /// <summary>A key.</summary>
    Key = 5,

    /// <summary>A ball.</summary>
    Ball = 6,

    /// <summary>A box.</summary>
    Box = 7,

    /// <summary>The goal.</summary>
    Goal = 8,

    /// <summary>Lava.</summary>
    Lava = 9,

    /// <summary>The agent, where the whole grid is observed.</summary>
    Agent = 10,
}
