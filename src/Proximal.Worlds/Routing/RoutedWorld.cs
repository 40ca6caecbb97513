using System.Text;
using Proximal.Tensors.Random;
using Proximal.Worlds.Knowledge;
using Proximal.Worlds.Retrieval;

namespace Proximal.Worlds.Routing;

/// <summary>
/// The knowledge graph of a <see cref="SearchWorld"/> spread over three knowledge bases: documents tell most relations, tables the attributes and where cities and companies are and what a country's
/// capital is, and captions of pictures whom or what they show. Pictures are tokens, their captions surrogates for photographs. Immutable and safe for concurrent use.
/// </summary>
public sealed class RoutedWorld
{
    /// <summary>The name that random streams of these worlds are derived from.</summary>
    public const string Name = "routed-kbs";

    private readonly KnowledgeCorpus corpus;
    private readonly Bm25Index[] indices;
    private readonly List<int[]> rows = [];
    private readonly List<EntityType> tables = [];
    private readonly List<int[]> captions = [];
    private readonly Dictionary<int, int> pictureOf = [];
    private readonly HashSet<Fact> duplicated = [];
    private readonly int[] askedWith = new int[KnowledgeVocabulary.Count];
    private readonly int askable;

    private RoutedWorld(RoutedOptions options, ulong seed)
    {
        Options = options;
        Seed = seed;
        SuiteRandom random = SuiteRandom.OfWorld(Name, seed, WorldStream.World);
        Graph = KnowledgeGraph.Generate(options.World, random);
        foreach (Fact fact in Graph.Facts)
        {
            if (random.Double() < options.DuplicateShare)
            {
                duplicated.Add(fact);
            }
        }

        corpus = KnowledgeCorpus.Write(Graph, options.World, fact => BasesOf(fact).Contains(KnowledgeBase.Text), random);
        WriteRows();
        WriteCaptions(random);
        indices = [Index(corpus.Documents.Select(document => document.Tokens.ToArray())), Index(rows), Index(captions)];
        IEnumerable<int[]> asked = Graph.Facts.Select(fact => SubQuestion(Graph.Name(fact.Subject), fact.Predicate)).Concat(pictureOf.Values.Select(picture => SubQuestion([picture], null)));
        foreach (int[] question in asked)
        {
            askable++;
            foreach (int token in question.Distinct())
            {
                askedWith[token]++;
            }
        }
    }

    /// <summary>What it was made by.</summary>
    public RoutedOptions Options { get; }

    /// <summary>What it was made by.</summary>
    public ulong Seed { get; }

    /// <summary>What is true.</summary>
    public KnowledgeGraph Graph { get; }

    /// <summary>Every knowledge base.</summary>
    public static IReadOnlyList<KnowledgeBase> Bases { get; } = Enum.GetValues<KnowledgeBase>();

    /// <summary>Generates a world: the same one for the same options and seed.</summary>
    /// <exception cref="ArgumentException">An option is impossible; the message names it.</exception>
    public static RoutedWorld Create(RoutedOptions options, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.FindFault() is { } fault ? throw new ArgumentException(fault, nameof(options)) : new RoutedWorld(options, seed);
    }

    /// <summary>Where a predicate is told: tables have the attributes and what is located, based, or a capital; documents have the rest.</summary>
    public static KnowledgeBase BaseOf(Predicate predicate) =>
        KnowledgeSchema.IsAttribute(predicate) || predicate is Predicate.LocatedIn or Predicate.Capital or Predicate.BasedIn ? KnowledgeBase.Table : KnowledgeBase.Text;

    /// <summary>What retrieving from a knowledge base costs: 1, and 2 for pictures.</summary>
    public static int CostOf(KnowledgeBase knowledgeBase) => knowledgeBase == KnowledgeBase.Image ? 2 : 1;

    /// <summary>The question of a single step: <c>R of name</c>, or <c>what is shown in picture</c>.</summary>
    /// <param name="subject">A name, or the token of a picture.</param>
    /// <param name="predicate">What is asked of it; null for whom or what a picture shows.</param>
    public static int[] SubQuestion(ReadOnlySpan<int> subject, Predicate? predicate) => predicate is { } asked
        ? [KnowledgeVocabulary.Of(asked), KnowledgeVocabulary.Word("of"), .. subject]
        : [KnowledgeVocabulary.Word("what"), KnowledgeVocabulary.Word("is"), KnowledgeVocabulary.Word("shown"), KnowledgeVocabulary.Word("in"), .. subject];

    /// <summary>The knowledge bases that have a fact: its own, and the other of documents and tables for a duplicated one.</summary>
    public IReadOnlyList<KnowledgeBase> BasesOf(Fact fact) =>
        duplicated.Contains(fact) ? [KnowledgeBase.Text, KnowledgeBase.Table] : [BaseOf(fact.Predicate)];

    /// <summary>The token of the picture of an entity; null where there is none. People, cities and countries have one each, as far as there are tokens.</summary>
    public int? PictureOf(int entity) => pictureOf.TryGetValue(entity, out int picture) ? picture : null;

    /// <summary>Whether the caption of an entity's picture names it.</summary>
    public bool IsNamed(int entity) => PictureOf(entity) is { } picture && captions.Exists(caption => caption[0] == picture && Finding.OfCaption(caption).Any());

    /// <summary>How much a token tells about which step is meant: its inverse document frequency among the questions of single steps.</summary>
    public double Idf(int token) => Math.Log(1 + ((askable - askedWith[token] + 0.5) / (askedWith[token] + 0.5)));

    /// <summary>How alike two questions are: the cosine of their tokens, weighted by <see cref="Idf"/>; 0 where one is empty.</summary>
    public double Similarity(ReadOnlySpan<int> left, ReadOnlySpan<int> right)
    {
        Dictionary<int, (double Left, double Right)> counts = [];
        foreach (int token in left)
        {
            (double Left, double Right) count = counts.GetValueOrDefault(token);
            counts[token] = (count.Left + Idf(token), count.Right);
        }

        foreach (int token in right)
        {
            (double Left, double Right) count = counts.GetValueOrDefault(token);
            counts[token] = (count.Left, count.Right + Idf(token));
        }

        double dot = 0, leftNorm = 0, rightNorm = 0;
        foreach ((double a, double b) in counts.Values)
        {
            dot += a * b;
            leftNorm += a * a;
            rightNorm += b * b;
        }

        return dot == 0 ? 0 : Math.Min(1, dot / Math.Sqrt(leftNorm * rightNorm));
    }

    /// <summary>Asks a knowledge base.</summary>
    /// <param name="knowledgeBase">Which.</param>
    /// <param name="query">Tokens.</param>
    /// <param name="isMisled">Whether the best result is left out.</param>
    public Retrieved Retrieve(KnowledgeBase knowledgeBase, ReadOnlySpan<int> query, bool isMisled = false)
    {
        int wanted = knowledgeBase == KnowledgeBase.Table ? Options.Rows : Options.World.Results;
        Span<SearchHit> hits = stackalloc SearchHit[wanted + 1];
        int count = indices[(int)knowledgeBase].Search(query, hits), first = isMisled ? 1 : 0;
        int[] units = new int[Math.Max(0, Math.Min(count - first, wanted))];
        for (int i = 0; i < units.Length; i++)
        {
            units[i] = hits[first + i].Document;
        }

        return units.Length == 0 ? new Retrieved("", [], []) : knowledgeBase switch
        {
            KnowledgeBase.Text => Passages(units, query),
            KnowledgeBase.Table => Rows(units),
            _ => new Retrieved(string.Concat(units.Select(unit => KnowledgeVocabulary.Write(captions[unit]))), units, [.. units.SelectMany(unit => Finding.OfCaption(captions[unit]))]),
        };
    }

    private Retrieved Passages(int[] units, ReadOnlySpan<int> query)
    {
        float[] weights = new float[query.Length];
        for (int i = 0; i < query.Length; i++)
        {
            weights[i] = indices[0].Idf(query[i]);
        }

        StringBuilder text = new();
        List<Finding> findings = [];
        foreach (int unit in units)
        {
            KnowledgeDocument document = corpus.Documents[unit];
            ReadOnlySpan<int> passage = document.Snippet(query, weights, Options.World.SnippetTokens);
            text.Append(KnowledgeVocabulary.Write(document.Title)).Append(':').Append(KnowledgeVocabulary.Write(passage));
            findings.AddRange(Statement.ReadAll(passage).Select(said => new Finding(said.Subject, said.Predicate, said.Object)));
        }

        return new Retrieved(text.ToString(), units, findings);
    }

    /// <summary>The rows of the table that has the best one, below the type of its entities.</summary>
    private Retrieved Rows(int[] units)
    {
        EntityType table = tables[units[0]];
        int[] shown = [.. units.Where(unit => tables[unit] == table)];
        string header = KnowledgeVocabulary.Text(KnowledgeVocabulary.Type(table)) + ":";
        return new Retrieved(header + string.Concat(shown.Select(unit => KnowledgeVocabulary.Write(rows[unit]))), shown, [.. shown.SelectMany(unit => Finding.OfRow(rows[unit]))]);
    }

    private void WriteRows()
    {
        for (int entity = 0; entity < Graph.Entities; entity++)
        {
            List<int> row = [.. Graph.Name(entity)];
            foreach (Predicate predicate in KnowledgeSchema.Of(Graph.Type(entity)))
            {
                foreach (int value in Graph.Objects(entity, predicate))
                {
                    if (BasesOf(new Fact(entity, predicate, value)).Contains(KnowledgeBase.Table))
                    {
                        row.AddRange([KnowledgeVocabulary.Comma, KnowledgeVocabulary.Of(predicate), KnowledgeVocabulary.Colon, .. Graph.ObjectTokens(predicate, value)]);
                    }
                }
            }

            if (row.Count > 2)
            {
                rows.Add([.. row, KnowledgeVocabulary.Stop]);
                tables.Add(Graph.Type(entity));
            }
        }
    }

    private void WriteCaptions(SuiteRandom random)
    {
        int[] numbers = [.. Enumerable.Range(0, KnowledgeVocabulary.Pictures)];
        random.Shuffle(numbers.AsSpan());
        foreach (int entity in Enumerable.Range(0, Graph.Entities).Where(entity => Graph.Type(entity) is EntityType.Person or EntityType.City or EntityType.Country).Take(numbers.Length))
        {
            int picture = KnowledgeVocabulary.Picture(numbers[captions.Count]);
            int[] seen = Graph.Type(entity) switch
            {
                EntityType.Person => [KnowledgeVocabulary.Face(random.Int(64)), KnowledgeVocabulary.Hat(random.Int(64))],
                EntityType.Country => [KnowledgeVocabulary.Flag(random.Int(64))],
                _ => [KnowledgeVocabulary.Landmark(random.Int(64))],
            };
            int colour = KnowledgeVocabulary.Colour(random.Int(64));
            bool isAnonymous = random.Double() < Options.AnonymousShare;
            captions.Add([picture, .. seen, colour, .. isAnonymous ? [] : Graph.Name(entity), KnowledgeVocabulary.Stop]);
            pictureOf.Add(entity, picture);
        }
    }

    private static Bm25Index Index(IEnumerable<int[]> units)
    {
        Bm25Builder builder = new();
        foreach (int[] unit in units)
        {
            builder.Add(unit);
        }

        return builder.Build();
    }
}
