namespace Proximal.Worlds.TowerDefence;

/// <summary>How an episode stands.</summary>
public enum TowerOutcome
{
    /// <summary>It goes on.</summary>
    Running,

    /// <summary>All waves are dead and lives are left.</summary>
    Won,

    /// <summary>No life is left.</summary>
    Lost,

    /// <summary>The decisions are used up and lives are left.</summary>
    TimeOver,
}
