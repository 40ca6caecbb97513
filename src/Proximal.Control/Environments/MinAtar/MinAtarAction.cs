namespace Proximal.Control.Environments.MinAtar;

/// <summary>The actions of all games.</summary>
public enum MinAtarAction
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>To the left.</summary>
    Left = 1,

    /// <summary>Upwards.</summary>
    Up = 2,

    /// <summary>To the right.</summary>
    Right = 3,

    /// <summary>Downwards.</summary>
    Down = 4,

    /// <summary>A shot.</summary>
    Fire = 5,
}
