namespace Proximal.Worlds.TowerDefence;

/// <summary>Who walks or flies to the base.</summary>
public enum EnemyKind
{
    /// <summary>The common walker.</summary>
    Grunt,

    /// <summary>Weak and fast.</summary>
    Runner,

    /// <summary>Slow, with many hit points and a heavy blow.</summary>
    Brute,

    /// <summary>Flies: only Archers, the hero and fire reach it, and nobody blocks it.</summary>
    Bat,

    /// <summary>Freezes the nearest tower from time to time.</summary>
    Shaman,
}
