namespace Proximal.Worlds.TowerDefence;

/// <summary>Some enemies of one kind, after each other.</summary>
/// <param name="Kind">Their kind.</param>
/// <param name="Count">Their number.</param>
public readonly record struct EnemyGroup(EnemyKind Kind, int Count);
