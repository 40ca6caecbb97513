namespace Proximal.Worlds.TowerDefence;

/// <summary>What stands on a tower point.</summary>
public enum TowerKind
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Shoots at ground and air.</summary>
    Archer,

    /// <summary>Sends out knights that block walkers.</summary>
    Knight,

    /// <summary>Hits walkers around its target as well; does not reach the air.</summary>
    Magician,
}
