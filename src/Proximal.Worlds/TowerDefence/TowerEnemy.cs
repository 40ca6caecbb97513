namespace Proximal.Worlds.TowerDefence;

/// <summary>An enemy on the map.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Path">Its path.</param>
/// <param name="Place">Where it is.</param>
/// <param name="HitPoints">Hit points left.</param>
/// <param name="Remaining">Units to the base.</param>
public readonly record struct TowerEnemy(EnemyKind Kind, int Path, MapPoint Place, double HitPoints, double Remaining);
