namespace Proximal.Control.Environments.Navigation;

/// <summary>The mazes of <see cref="PointMaze"/>.</summary>
public enum PointMazeLayout
{
    /// <summary>A corridor bent into a U.</summary>
    UMaze,

    /// <summary>6 by 6 cells with a few blocks.</summary>
    Medium,

    /// <summary>7 by 10 cells with many blocks.</summary>
    Large,

    /// <summary>3 by 5 cells without a block.</summary>
    Open,
}
