using Proximal.Tensors.Random;

namespace Proximal.Worlds.Knowledge;

/// <summary>
/// One document for each entity, its number the entity's: a sentence for each of its facts, then some of the facts that it is the object of, then sentences that say nothing; behind them the
/// misleading second documents. Knobs make documents wrong, incomplete or ambiguous.
/// </summary>
public sealed class KnowledgeCorpus
{
    private const double SetShare = 0.25;
    private const int LargestSet = 6;

    private readonly KnowledgeGraph graph;
    private readonly KnowledgeOptions options;
    private readonly SuiteRandom random;
    private readonly KnowledgeDocument[] documents;
    private readonly List<(Predicate Relation, int Entity)> sets = [];

    private KnowledgeCorpus(KnowledgeGraph graph, KnowledgeOptions options, Func<Fact, bool> holds, SuiteRandom random)
    {
        this.graph = graph;
        this.options = options;
        this.random = random;
        List<int[]>[] own = Lists(), mentions = Lists();
        HashSet<(Predicate, int)> listed = DrawSets();
        foreach (Fact fact in graph.Facts.Where(holds))
        {
            bool isWrong = random.Double() < options.MisstatedShare;
            int stated = isWrong ? OtherObject(fact) : fact.Object;
            bool isMentioned = random.Double() < options.IncomingShare;
            if (random.Double() >= options.DroppedShare)
            {
                own[fact.Subject].Add(Sentence(fact with { Object = stated }));
            }

            if (!KnowledgeSchema.IsAttribute(fact.Predicate) && fact.Predicate != Predicate.Spouse && (isMentioned || listed.Contains((fact.Predicate, fact.Object)))
                && random.Double() >= options.DroppedShare)
            {
                mentions[stated].Add([.. graph.Name(stated), KnowledgeVocabulary.Inverse(fact.Predicate, Synonym()), .. graph.Name(fact.Subject), KnowledgeVocabulary.Stop]);
            }
        }

        List<KnowledgeDocument> all = [];
        for (int entity = 0; entity < graph.Entities; entity++)
        {
            all.Add(new KnowledgeDocument(entity, graph.Name(entity), [.. own[entity], .. mentions[entity], .. Fillers()]));
        }

        for (int entity = 0; entity < graph.Entities; entity++)
        {
            if (random.Double() < options.DuplicateShare)
            {
                all.Add(Duplicate(entity));
            }
        }

        documents = [.. all];
    }

    /// <summary>The documents: those of the entities first.</summary>
    public IReadOnlyList<KnowledgeDocument> Documents => documents;

    /// <summary>Relations and objects of whose two to six subjects the object's document lists every one.</summary>
    public IReadOnlyList<(Predicate Relation, int Entity)> Sets => sets;

    /// <summary>Writes the documents of a graph.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="options">How they are written.</param>
    /// <param name="holds">Which facts they tell.</param>
    /// <param name="random">The stream that choices are drawn from.</param>
    internal static KnowledgeCorpus Write(KnowledgeGraph graph, KnowledgeOptions options, Func<Fact, bool> holds, SuiteRandom random) => new(graph, options, holds, random);

    /// <summary>An object that a fact does not have: another entity of the type, another value.</summary>
    private int OtherObject(Fact fact)
    {
        while (true)
        {
            int other = KnowledgeSchema.Range(fact.Predicate) is { } range
                ? graph.OfType(range)[random.Int(graph.OfType(range).Length)]
                : KnowledgeGraph.DrawValue(fact.Predicate, random);
            if (!graph.Objects(fact.Subject, fact.Predicate).Contains(other))
            {
                return other;
            }
        }
    }

    private int[] Sentence(Fact fact)
    {
        int word = KnowledgeVocabulary.Of(fact.Predicate, Synonym());
        int[] value = graph.ObjectTokens(fact.Predicate, fact.Object);
        return KnowledgeSchema.IsAttribute(fact.Predicate)
            ? [.. graph.Name(fact.Subject), word, KnowledgeVocabulary.Colon, .. value, KnowledgeVocabulary.Stop]
            : [.. graph.Name(fact.Subject), word, .. value, KnowledgeVocabulary.Stop];
    }

    private IEnumerable<int[]> Fillers()
    {
        for (int left = random.Int(options.Fillers + 1); left > 0; left--)
        {
            int[] sentence = new int[random.Range(4, 7)];
            for (int i = 0; i < sentence.Length - 1; i++)
            {
                sentence[i] = KnowledgeVocabulary.Filler(random.Int(24));
            }

            sentence[^1] = KnowledgeVocabulary.Stop;
            yield return sentence;
        }
    }

    private KnowledgeDocument Duplicate(int entity)
    {
        List<int[]> sentences = [];
        foreach (Predicate predicate in KnowledgeSchema.Of(graph.Type(entity)))
        {
            if (graph.Objects(entity, predicate) is [int known, ..])
            {
                sentences.Add(Sentence(new Fact(entity, predicate, OtherObject(new Fact(entity, predicate, known)))));
            }
        }

        return new KnowledgeDocument(entity, [.. graph.Name(entity), KnowledgeVocabulary.Type(graph.Type(entity))], sentences);
    }

    private HashSet<(Predicate, int)> DrawSets()
    {
        foreach (Predicate relation in KnowledgeSchema.Relations)
        {
            if (relation == Predicate.Spouse || KnowledgeSchema.NumberOf(KnowledgeSchema.Domain(relation)) is null)
            {
                continue;
            }

            foreach (int entity in graph.OfType(KnowledgeSchema.Range(relation)!.Value))
            {
                if (graph.Subjects(relation, entity).Count is >= 2 and <= LargestSet && random.Double() < SetShare)
                {
                    sets.Add((relation, entity));
                }
            }
        }

        return [.. sets];
    }

    private List<int[]>[] Lists() => [.. Enumerable.Range(0, graph.Entities).Select(_ => new List<int[]>())];

    private int Synonym() => options.Synonyms == 1 ? 0 : random.Int(options.Synonyms);
}
