namespace Proximal.Worlds.TowerDefence;

/// <summary>Whatever plays tower defence: a script, chance, a policy, a person.</summary>
public interface ITowerAgent
{
    /// <summary>Its name in tables.</summary>
    string Name { get; }

    /// <summary>Whether the last choice could not be read and stands for nothing: an invalid action.</summary>
    bool Malformed => false;

    /// <summary>Begins a game.</summary>
    /// <param name="world">The game at its beginning.</param>
    /// <param name="seed">Seed of the agent's own choices.</param>
    void Begin(TowerWorld world, ulong seed);

    /// <summary>Chooses a decision.</summary>
    /// <param name="world">The game, which the agent does not change.</param>
    TowerAction Choose(TowerWorld world);
}
