namespace Proximal.Control.Environments.MiniGrid;

/// <summary>What an agent in a MiniGrid can do.</summary>
public enum GridAction
{
    /// <summary>Turn left.</summary>
    Left = 0,

    /// <summary>Turn right.</summary>
    Right = 1,

    /// <summary>Go onto the cell in front: an empty one, an open door or the goal.</summary>
    Forward = 2,

    /// <summary>Take the key, ball or box in front into empty hands.</summary>
    Pickup = 3,

    /// <summary>Put what is carried onto the empty cell in front.</summary>
    Drop = 4,

    /// <summary>Open or close the door in front, or unlock it with its key, which is kept; a box breaks.</summary>
    Toggle = 5,

    /// <summary>Nothing.</summary>
    Done = 6,
}
