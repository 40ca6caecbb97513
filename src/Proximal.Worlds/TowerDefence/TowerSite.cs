namespace Proximal.Worlds.TowerDefence;

/// <summary>A tower point.</summary>
/// <param name="Place">Where it is.</param>
/// <param name="Kind">What stands there.</param>
/// <param name="Level">Its upgrades.</param>
/// <param name="Cooldown">Seconds until it shoots or sends a knight.</param>
/// <param name="Frozen">Seconds that it is frozen for.</param>
/// <param name="Rally">Where its knights wait, for a Knight tower.</param>
public readonly record struct TowerSite(MapPoint Place, TowerKind Kind, int Level, double Cooldown, double Frozen, MapPoint? Rally);
