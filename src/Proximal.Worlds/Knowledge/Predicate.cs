namespace Proximal.Worlds.Knowledge;

/// <summary>What a fact says of its subject: fifteen relations to another entity, then five attributes with a value. See <see cref="KnowledgeSchema"/>.</summary>
public enum Predicate
{
    /// <summary>Person to city.</summary>
    BornIn,

    /// <summary>Person to city.</summary>
    LivesIn,

    /// <summary>Person to company.</summary>
    WorksFor,

    /// <summary>Person to university.</summary>
    StudiedAt,

    /// <summary>Person to person, both ways.</summary>
    Spouse,

    /// <summary>City to country.</summary>
    LocatedIn,

    /// <summary>Country to one of its cities.</summary>
    Capital,

    /// <summary>Company to city.</summary>
    BasedIn,

    /// <summary>Company to person.</summary>
    FoundedBy,

    /// <summary>University to city.</summary>
    CampusIn,

    /// <summary>Work to person.</summary>
    CreatedBy,

    /// <summary>Work to award.</summary>
    Won,

    /// <summary>Work to city.</summary>
    SetIn,

    /// <summary>Award to city.</summary>
    AwardedIn,

    /// <summary>River to one to three cities.</summary>
    FlowsThrough,

    /// <summary>Year of a person, 1900 to 1999.</summary>
    BirthYear,

    /// <summary>Year of a company, 1850 to 2019.</summary>
    FoundedYear,

    /// <summary>Year of a work, 1950 to 2019.</summary>
    ReleaseYear,

    /// <summary>Thousands of a city, 10 to 990.</summary>
    Population,

    /// <summary>One of twelve languages of a country.</summary>
    Language,
}
