namespace Proximal.Worlds.TowerDefence;

/// <summary>The hero.</summary>
/// <param name="Place">Where he is.</param>
/// <param name="HitPoints">Hit points; 0 when dead.</param>
/// <param name="Maximum">Hit points at most.</param>
/// <param name="Level">Upgrades.</param>
/// <param name="Target">Where he was sent.</param>
/// <param name="Revival">Seconds until he revives; 0 when alive.</param>
public readonly record struct TowerHero(MapPoint Place, double HitPoints, double Maximum, int Level, MapPoint Target, double Revival)
{
    /// <summary>Whether he lives.</summary>
    public bool Alive => Revival == 0;
}
