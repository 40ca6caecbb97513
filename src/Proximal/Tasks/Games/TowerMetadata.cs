using Proximal.Worlds.TowerDefence;

namespace Proximal.Tasks.Games;

/// <summary>A state of a game, and what it comes to.</summary>
/// <param name="World">The state, which nobody changes: whoever plays on takes a copy.</param>
/// <param name="Horizon">Decisions of doing nothing after which an action is judged.</param>
public sealed record TowerMetadata(TowerWorld World, int Horizon) : TaskMetadata
{
    /// <summary>What doing nothing comes to.</summary>
    public double IdleValue { get; init; }

    /// <summary>What the expert's action comes to.</summary>
    public double ExpertValue { get; init; }
}
