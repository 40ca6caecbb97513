namespace Proximal.Worlds.Knowledge;

/// <summary>Which entity types there are and how often, and what can be said of each.</summary>
public static class KnowledgeSchema
{
    /// <summary>The first predicate that is an attribute.</summary>
    private const Predicate FirstAttribute = Predicate.BirthYear;

    private static readonly (EntityType Domain, EntityType? Range, double Coverage)[] Rows =
    [
        (EntityType.Person, EntityType.City, 1),
        (EntityType.Person, EntityType.City, 1),
        (EntityType.Person, EntityType.Company, 0.8),
        (EntityType.Person, EntityType.University, 0.6),
        (EntityType.Person, EntityType.Person, 0.4),
        (EntityType.City, EntityType.Country, 1),
        (EntityType.Country, EntityType.City, 1),
        (EntityType.Company, EntityType.City, 1),
        (EntityType.Company, EntityType.Person, 1),
        (EntityType.University, EntityType.City, 1),
        (EntityType.Work, EntityType.Person, 1),
        (EntityType.Work, EntityType.Award, 0.4),
        (EntityType.Work, EntityType.City, 0.7),
        (EntityType.Award, EntityType.City, 1),
        (EntityType.River, EntityType.City, 1),
        (EntityType.Person, null, 1),
        (EntityType.Company, null, 1),
        (EntityType.Work, null, 1),
        (EntityType.City, null, 1),
        (EntityType.Country, null, 1),
    ];

    /// <summary>Every predicate, in order.</summary>
    public static IReadOnlyList<Predicate> Predicates { get; } = Enum.GetValues<Predicate>();

    /// <summary>The relations, in order.</summary>
    public static IReadOnlyList<Predicate> Relations { get; } = [.. Enum.GetValues<Predicate>().Where(predicate => !IsAttribute(predicate))];

    /// <summary>The entity types, in order.</summary>
    public static IReadOnlyList<EntityType> Types { get; } = Enum.GetValues<EntityType>();

    /// <summary>Whether the object is a value and no entity.</summary>
    public static bool IsAttribute(Predicate predicate) => predicate >= FirstAttribute;

    /// <summary>Whether the object of an attribute is a number, so that it can be compared.</summary>
    public static bool IsNumber(Predicate predicate) => IsAttribute(predicate) && predicate != Predicate.Language;

    /// <summary>Whether a subject has at most one object.</summary>
    public static bool IsFunctional(Predicate predicate) => predicate != Predicate.FlowsThrough;

    /// <summary>The type of subjects.</summary>
    public static EntityType Domain(Predicate predicate) => Rows[(int)predicate].Domain;

    /// <summary>The type of objects; null for an attribute.</summary>
    public static EntityType? Range(Predicate predicate) => Rows[(int)predicate].Range;

    /// <summary>The share of subjects that have an object.</summary>
    public static double Coverage(Predicate predicate) => Rows[(int)predicate].Coverage;

    /// <summary>The predicates of a type, in order.</summary>
    public static IEnumerable<Predicate> Of(EntityType type) => Predicates.Where(predicate => Domain(predicate) == type);

    /// <summary>The number whose comparison makes a superlative of entities of a type; null where they have none.</summary>
    public static Predicate? NumberOf(EntityType type) => type switch
    {
        EntityType.Person => Predicate.BirthYear,
        EntityType.Company => Predicate.FoundedYear,
        EntityType.Work => Predicate.ReleaseYear,
        EntityType.City => Predicate.Population,
        _ => null,
    };

    /// <summary>How many entities of each type a world of this size has: at least two of each, people take what is left.</summary>
    public static int[] CountTypes(int entities)
    {
        double[] shares = [0, 0.15, 0.14, 0.12, 0.07, 0.05, 0.04, 0.03];
        int[] counts = Array.ConvertAll(shares, share => Math.Max(2, (int)Math.Round(share * entities, MidpointRounding.AwayFromZero)));
        counts[(int)EntityType.Person] = entities - (counts.Sum() - 2);
        return counts;
    }
}
