namespace Proximal.Worlds.TowerDefence;

/// <summary>A level, a recorded game or an observation that is not what it should be. The message is one line: where, key, value, what was expected.</summary>
public sealed class TowerLevelException : Exception
{
    /// <summary>Creates an exception.</summary>
    public TowerLevelException()
    {
    }

    /// <summary>Creates an exception with a message.</summary>
    public TowerLevelException(string message)
        : base(message)
    {
    }

    /// <summary>Creates an exception with a message and its cause.</summary>
    public TowerLevelException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
