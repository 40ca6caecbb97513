namespace Proximal.Worlds.TowerDefence;

/// <summary>Does nothing, and loses every level.</summary>
public sealed class IdleTowerAgent : ITowerAgent
{
    /// <inheritdoc/>
    public string Name => "idle";

    /// <inheritdoc/>
    public void Begin(TowerWorld world, ulong seed)
    {
    }

    /// <inheritdoc/>
    public TowerAction Choose(TowerWorld world) => default;
}
