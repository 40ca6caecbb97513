namespace Proximal.Control.Environments.MiniGrid;

/// <summary>A color of an object; the numbers are those of the observation.</summary>
public enum GridColor : byte
{
    /// <summary>Red.</summary>
    Red = 0,

    /// <summary>Green.</summary>
    Green = 1,

    /// <summary>Blue.</summary>
    Blue = 2,

    /// <summary>Purple.</summary>
    Purple = 3,

    /// <summary>Yellow.</summary>
    Yellow = 4,

    /// <summary>Gray.</summary>
    Gray = 5,
}
