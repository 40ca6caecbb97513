namespace Proximal.Worlds.TowerDefence;

/// <summary>The numbers of a kind of tower that shoots.</summary>
/// <param name="Price">What it costs.</param>
/// <param name="Diameter">Diameter of its range.</param>
/// <param name="Interval">Seconds between shots.</param>
/// <param name="Damage">Least damage of a shot at level 0.</param>
/// <param name="Spread">What chance adds at most, uniformly.</param>
/// <param name="Air">Whether it reaches flying enemies.</param>
/// <param name="Splash">Radius around the target within which walkers take the same damage; 0 for none.</param>
public sealed record TowerKindRules(int Price, double Diameter, double Interval, double Damage, double Spread, bool Air, double Splash);
