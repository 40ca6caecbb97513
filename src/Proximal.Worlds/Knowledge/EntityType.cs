namespace Proximal.Worlds.Knowledge;

/// <summary>What an entity is.</summary>
public enum EntityType
{
    /// <summary>A person.</summary>
    Person,

    /// <summary>A city.</summary>
    City,

    /// <summary>A company.</summary>
    Company,

    /// <summary>A work of art.</summary>
    Work,

    /// <summary>A university.</summary>
    University,

    /// <summary>A river.</summary>
    River,

    /// <summary>A country.</summary>
    Country,

    /// <summary>An award.</summary>
    Award,
}
