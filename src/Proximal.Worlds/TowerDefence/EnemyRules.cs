namespace Proximal.Worlds.TowerDefence;

/// <summary>The numbers of a kind of enemy.</summary>
/// <param name="HitPoints">Hit points before the multiplier of the level.</param>
/// <param name="Speed">Units a second.</param>
/// <param name="Pay">Coins for killing it.</param>
/// <param name="Damage">Damage of a blow at who blocks it; 0 for none.</param>
/// <param name="Interval">Seconds between blows.</param>
/// <param name="Flying">Whether it flies.</param>
public sealed record EnemyRules(double HitPoints, double Speed, int Pay, double Damage, double Interval, bool Flying = false);
