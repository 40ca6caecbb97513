namespace Proximal.Worlds.TowerDefence;

/// <summary>Levels by what a user writes.</summary>
public static class TowerLevelFiles
{
    /// <summary>The level of a name such as <c>L3</c>, or of a level file.</summary>
    /// <param name="nameOrFile">L1 to L5, or a path.</param>
    /// <exception cref="TowerLevelException">It is neither.</exception>
    public static TowerLevel Load(string nameOrFile)
    {
        ArgumentNullException.ThrowIfNull(nameOrFile);
        if (TowerLevels.Find(nameOrFile) is { } level)
        {
            return level;
        }

        try
        {
            return TowerLevelReader.ReadFile(nameOrFile);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new TowerLevelException($"level: '{nameOrFile}', expected {string.Join(", ", TowerLevels.All.Select(known => known.Name))} or a level file that can be read", exception);
        }
    }
}
