namespace Proximal.Control.Environments.TowerDefence;

/// <summary>Which level an episode has: the generalization levels of the benchmark.</summary>
public enum TowerLevelChoice
{
    /// <summary>Always the one of the options.</summary>
    Fixed,

    /// <summary>One of the five.</summary>
    Random,

    /// <summary>One of the five maps with waves that chance draws.</summary>
    RandomWaves,
}
