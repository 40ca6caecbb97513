namespace Proximal.Worlds.TowerDefence;

/// <summary>The twelve types of an action. That 2 builds a Knight tower is TowerMind's numbering; the others are ours.</summary>
public enum TowerActionType
{
    /// <summary>Nothing.</summary>
    Nothing = 0,

    /// <summary>Builds an Archer tower on the tower point near (x, y).</summary>
    BuildArcher = 1,

    /// <summary>Builds a Knight tower.</summary>
    BuildKnight = 2,

    /// <summary>Builds a Magician tower.</summary>
    BuildMagician = 3,

    /// <summary>Raises the level of the tower near (x, y).</summary>
    Upgrade = 4,

    /// <summary>Sells the tower near (x, y).</summary>
    Sell = 5,

    /// <summary>Sends the hero to (x, y).</summary>
    MoveHero = 6,

    /// <summary>The hero's skill: fire at (x, y) for some of his hit points.</summary>
    HeroSkill = 7,

    /// <summary>Gives the hero more hit points.</summary>
    UpgradeHero = 8,

    /// <summary>Two knights at (x, y), which must be on a path, for a while.</summary>
    Reinforce = 9,

    /// <summary>Where the knights of the Knight tower nearest to (x, y) wait.</summary>
    SetRally = 10,

    /// <summary>Takes the coin at (x, y).</summary>
    CollectCoin = 11,
}
