using Proximal.Tensors.Random;

namespace Proximal.Worlds.Knowledge;

/// <summary>
/// A generated knowledge graph: entities of eight types with invented names, relations between them, and attributes. Objects are drawn by Zipf's law over the entities of their type, so that there
/// are hubs. Seed and options give the same graph everywhere.
/// </summary>
public sealed class KnowledgeGraph
{
    private readonly EntityType[] types;
    private readonly (int Head, int Tail)[] names;
    private readonly int[][] byType;
    private readonly List<Fact> facts = [];
    private readonly Dictionary<(int, Predicate), List<int>> outgoing = [];
    private readonly Dictionary<(int, Predicate), List<int>> incoming = [];
    private readonly Dictionary<(int, int), List<int>> byName = [];

    private KnowledgeGraph(KnowledgeOptions options, SuiteRandom random)
    {
        types = DrawTypes(options.Entities, random);
        byType = [.. KnowledgeSchema.Types.Select(type => Enumerable.Range(0, types.Length).Where(entity => types[entity] == type).ToArray())];
        names = DrawNames(options, random);
        for (int entity = 0; entity < names.Length; entity++)
        {
            Append(byName, names[entity], entity);
        }

        foreach (Predicate predicate in KnowledgeSchema.Predicates)
        {
            Draw(predicate, random);
        }

        facts.Sort((a, b) => (a.Subject, a.Predicate, a.Object).CompareTo((b.Subject, b.Predicate, b.Object)));
    }

    /// <summary>Number of entities.</summary>
    public int Entities => types.Length;

    /// <summary>All facts, by subject, predicate and object.</summary>
    public IReadOnlyList<Fact> Facts => facts;

    /// <summary>Generates a graph.</summary>
    /// <param name="options">Size.</param>
    /// <param name="random">The stream that it is drawn from.</param>
    internal static KnowledgeGraph Generate(KnowledgeOptions options, SuiteRandom random) => new(options, random);

    /// <summary>The type of an entity.</summary>
    public EntityType Type(int entity) => types[entity];

    /// <summary>The entities of a type, in order: the first are the likeliest objects.</summary>
    public ReadOnlySpan<int> OfType(EntityType type) => byType[(int)type];

    /// <summary>The name of an entity. [2]</summary>
    public int[] Name(int entity) => [names[entity].Head, names[entity].Tail];

    /// <summary>The entities with a name; more than one where it is a homonym.</summary>
    public IReadOnlyList<int> Named(ReadOnlySpan<int> name) => name.Length == 2 && byName.TryGetValue((name[0], name[1]), out List<int>? entities) ? entities : [];

    /// <summary>The objects of a subject: entities of a relation, the value of an attribute.</summary>
    public IReadOnlyList<int> Objects(int subject, Predicate predicate) => outgoing.GetValueOrDefault((subject, predicate)) ?? [];

    /// <summary>The subjects that have an entity as the object of a relation.</summary>
    public IReadOnlyList<int> Subjects(Predicate relation, int entity) => incoming.GetValueOrDefault((entity, relation)) ?? [];

    /// <summary>How the object of a fact is written: a name, digits, or a language.</summary>
    public int[] ObjectTokens(Predicate predicate, int value) =>
        !KnowledgeSchema.IsAttribute(predicate) ? Name(value)
        : KnowledgeSchema.IsNumber(predicate) ? KnowledgeVocabulary.Number(value)
        : [KnowledgeVocabulary.Language(value)];

    /// <summary>A number drawn by Zipf's law with exponent 1 from 0 to <paramref name="count"/> - 1.</summary>
    internal static int Zipf(int count, SuiteRandom random)
    {
        double total = 0;
        for (int i = 1; i <= count; i++)
        {
            total += 1.0 / i;
        }

        double left = random.Double() * total;
        for (int i = 0; i < count - 1; i++)
        {
            left -= 1.0 / (i + 1);
            if (left < 0)
            {
                return i;
            }
        }

        return count - 1;
    }

    /// <summary>A value of an attribute.</summary>
    internal static int DrawValue(Predicate attribute, SuiteRandom random) => attribute switch
    {
        Predicate.BirthYear => random.Range(1900, 1999),
        Predicate.FoundedYear => random.Range(1850, 2019),
        Predicate.ReleaseYear => random.Range(1950, 2019),
        Predicate.Population => 10 * random.Range(1, 99),
        _ => random.Int(KnowledgeVocabulary.Languages),
    };

    private static EntityType[] DrawTypes(int entities, SuiteRandom random)
    {
        int[] counts = KnowledgeSchema.CountTypes(entities);
        EntityType[] types = [.. counts.SelectMany((count, type) => Enumerable.Repeat((EntityType)type, count))];
        random.Shuffle(types.AsSpan());
        return types;
    }

    private (int Head, int Tail)[] DrawNames(KnowledgeOptions options, SuiteRandom random)
    {
        int[] numbers = [.. Enumerable.Range(0, KnowledgeVocabulary.Syllables * KnowledgeVocabulary.Syllables)];
        random.Shuffle(numbers.AsSpan());
        (int Head, int Tail)[] drawn = new (int, int)[types.Length];
        for (int entity = 0; entity < drawn.Length; entity++)
        {
            (int head, int tail) = Math.DivRem(numbers[entity], KnowledgeVocabulary.Syllables);
            drawn[entity] = (KnowledgeVocabulary.Head(head), KnowledgeVocabulary.Tail(tail));
        }

        foreach (EntityType type in options.HomonymShare > 0 ? [EntityType.Person, EntityType.Work] : Array.Empty<EntityType>())
        {
            int[] entities = [.. byType[(int)type]];
            random.Shuffle(entities.AsSpan());
            int pairs = (int)(options.HomonymShare * entities.Length / 2);
            for (int pair = 0; pair < pairs; pair++)
            {
                drawn[entities[2 * pair]] = drawn[entities[(2 * pair) + 1]];
            }
        }

        return drawn;
    }

    private void Draw(Predicate predicate, SuiteRandom random)
    {
        int[] subjects = byType[(int)KnowledgeSchema.Domain(predicate)];
        if (predicate == Predicate.Spouse)
        {
            DrawSpouses(subjects, random);
            return;
        }

        foreach ((int subject, int place) in Covered(subjects, KnowledgeSchema.Coverage(predicate), random))
        {
            if (KnowledgeSchema.Range(predicate) is not { } range)
            {
                Add(subject, predicate, DrawValue(predicate, random));
            }
            else if (predicate == Predicate.Capital)
            {
                DrawCapital(subject, random);
            }
            else if (predicate == Predicate.LocatedIn && place < byType[(int)EntityType.Country].Length)
            {
                // Every country has a city for its capital.
                Add(subject, predicate, byType[(int)range][place]);
            }
            else
            {
                DrawObjects(subject, predicate, byType[(int)range], random);
            }
        }
    }

    private void DrawObjects(int subject, Predicate predicate, int[] range, SuiteRandom random)
    {
        int count = KnowledgeSchema.IsFunctional(predicate) ? 1 : Math.Min(range.Length, random.Range(1, 3));
        while (count > 0)
        {
            int target = range[Zipf(range.Length, random)];
            if (!Objects(subject, predicate).Contains(target))
            {
                Add(subject, predicate, target);
                count--;
            }
        }
    }

    private void DrawCapital(int country, SuiteRandom random)
    {
        IReadOnlyList<int> cities = Subjects(Predicate.LocatedIn, country);
        Add(country, Predicate.Capital, cities[Zipf(cities.Count, random)]);
    }

    private void DrawSpouses(int[] people, SuiteRandom random)
    {
        int[] married = [.. Covered(people, KnowledgeSchema.Coverage(Predicate.Spouse), random).Select(person => person.Entity)];
        random.Shuffle(married.AsSpan());
        for (int i = 0; i + 1 < married.Length; i += 2)
        {
            Add(married[i], Predicate.Spouse, married[i + 1]);
            Add(married[i + 1], Predicate.Spouse, married[i]);
        }
    }

    /// <summary>A random share of the entities, in order.</summary>
    private static (int Entity, int Place)[] Covered(int[] entities, double coverage, SuiteRandom random)
    {
        int[] places = [.. Enumerable.Range(0, entities.Length)];
        if (coverage < 1)
        {
            random.Shuffle(places.AsSpan());
            places = places[..(int)Math.Round(coverage * places.Length, MidpointRounding.AwayFromZero)];
            Array.Sort(places);
        }

        return Array.ConvertAll(places, place => (entities[place], place));
    }

    private void Add(int subject, Predicate predicate, int value)
    {
        facts.Add(new Fact(subject, predicate, value));
        Append(outgoing, (subject, predicate), value);
        if (!KnowledgeSchema.IsAttribute(predicate))
        {
            Append(incoming, (value, predicate), subject);
        }
    }

    private static void Append<TKey>(Dictionary<TKey, List<int>> lists, TKey key, int value)
        where TKey : notnull
    {
        if (!lists.TryGetValue(key, out List<int>? list))
        {
            lists.Add(key, list = []);
        }

        list.Add(value);
    }
}
