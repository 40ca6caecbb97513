namespace Proximal.Control.Environments.TowerDefence;

/// <summary>What a policy sees of tower defence.</summary>
public enum TowerObservationKind
{
    /// <summary>280 numbers about -1 to 1.</summary>
    Features,

    /// <summary>464 numbers with padding -9999, from which the state can be read back.</summary>
    Structured,

    /// <summary>A picture of 3 x 64 x 64 numbers in [0, 1].</summary>
    Pixels,
}
