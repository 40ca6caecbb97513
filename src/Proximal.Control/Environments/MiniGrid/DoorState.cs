namespace Proximal.Control.Environments.MiniGrid;

/// <summary>How a door is; the numbers are those of the observation.</summary>
public enum DoorState : byte
{
    /// <summary>Open: one can go and look through.</summary>
    Open = 0,

    /// <summary>Closed.</summary>
    Closed = 1,

    /// <summary>Closed, and opened only with the key of its color.</summary>
    Locked = 2,
}
