namespace Proximal.Control.Environments.MinAtar;

/// <summary>Which actions a game offers.</summary>
public enum MinAtarActionSet
{
    /// <summary>All six, whether the game knows them or not.</summary>
    All = 0,

    /// <summary>Only those that do something, numbered from 0 in the order of <see cref="MinAtarAction"/>.</summary>
    Minimal = 1,

    /// <summary>All six, with a mask that leaves those that do something.</summary>
    Masked = 2,
}
