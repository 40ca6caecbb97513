namespace Proximal.Worlds.TowerDefence;

/// <summary>A knight on the map.</summary>
/// <param name="Place">Where he is.</param>
/// <param name="HitPoints">Hit points left.</param>
/// <param name="Tower">Tower point that sent him; -1 for reinforcements.</param>
/// <param name="Life">Seconds that he stays, for reinforcements.</param>
public readonly record struct TowerKnight(MapPoint Place, double HitPoints, int Tower, double Life);
