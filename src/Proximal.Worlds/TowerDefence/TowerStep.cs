namespace Proximal.Worlds.TowerDefence;

/// <summary>What a decision gave.</summary>
/// <param name="Reward">-(lives lost) / TotalLife - 0.0005, and 1 more at the end if lives are left.</param>
/// <param name="Error">Why the action had no effect, or none.</param>
/// <param name="LivesLost">Enemies that arrived.</param>
/// <param name="Kills">Enemies that died.</param>
/// <param name="Outcome">How the episode stands.</param>
public readonly record struct TowerStep(double Reward, TowerError Error, int LivesLost, int Kills, TowerOutcome Outcome)
{
    /// <summary>Whether the episode is over.</summary>
    public bool Ended => Outcome != TowerOutcome.Running;
}
