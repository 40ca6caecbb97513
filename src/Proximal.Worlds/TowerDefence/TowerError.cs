namespace Proximal.Worlds.TowerDefence;

/// <summary>Why an action had no effect.</summary>
public enum TowerError
{
    /// <summary>The action was carried out.</summary>
    None = 0,

    /// <summary>The money does not suffice.</summary>
    NotAffordable = 1,

    /// <summary>No tower point is near.</summary>
    NoTowerPoint = 2,

    /// <summary>A tower stands there already.</summary>
    Occupied = 3,

    /// <summary>No tower stands there (or no Knight tower anywhere, for a rally point).</summary>
    NoTower = 4,

    /// <summary>There is no higher level.</summary>
    MaximumLevel = 5,

    /// <summary>The hero is dead.</summary>
    HeroDead = 6,

    /// <summary>The hero would not survive his skill.</summary>
    HeroHealthTooLow = 7,

    /// <summary>It is too early to do this again: reinforcements rest, or a fire still burns.</summary>
    Cooldown = 8,

    /// <summary>The place is not on a path.</summary>
    NotOnPath = 9,

    /// <summary>The rally point is too far from its tower.</summary>
    RallyOutOfRange = 10,

    /// <summary>No coin lies there.</summary>
    NoCoin = 11,

    /// <summary>The place is not on the map.</summary>
    OutOfMap = 12,
}
