namespace Proximal.Worlds.TowerDefence;

/// <summary>Enemies that come after each other, one path after the other in turn.</summary>
/// <param name="Groups">Who, in order.</param>
/// <param name="Gap">Seconds from one to the next.</param>
public sealed record TowerWave(IReadOnlyList<EnemyGroup> Groups, double Gap)
{
    /// <summary>Number of enemies.</summary>
    public int Enemies => Groups.Sum(group => group.Count);

    /// <summary>Number of enemies of a kind.</summary>
    public int Count(EnemyKind kind) => Groups.Where(group => group.Kind == kind).Sum(group => group.Count);
}
