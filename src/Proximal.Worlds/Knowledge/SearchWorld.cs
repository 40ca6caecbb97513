using Proximal.Tensors.Random;
using Proximal.Worlds.Retrieval;

namespace Proximal.Worlds.Knowledge;

/// <summary>
/// A knowledge graph that only its documents tell of, and a search engine over them: the world of search agents, generated, verifiable and without an answer that could be known beforehand. Immutable
/// and safe for concurrent use.
/// </summary>
public sealed class SearchWorld
{
    /// <summary>The name that random streams of these worlds are derived from.</summary>
    public const string Name = "search-world";

    private readonly Bm25Index index;

    private SearchWorld(KnowledgeOptions options, ulong seed)
    {
        Options = options;
        Seed = seed;
        SuiteRandom random = SuiteRandom.OfWorld(Name, seed, WorldStream.World);
        Graph = KnowledgeGraph.Generate(options, random);
        Corpus = KnowledgeCorpus.Write(Graph, options, _ => true, random);
        Bm25Builder builder = new();
        foreach (KnowledgeDocument document in Corpus.Documents)
        {
            builder.Add(document.Tokens);
        }

        index = builder.Build();
    }

    /// <summary>What it was made by.</summary>
    public KnowledgeOptions Options { get; }

    /// <summary>What it was made by.</summary>
    public ulong Seed { get; }

    /// <summary>What is true.</summary>
    public KnowledgeGraph Graph { get; }

    /// <summary>What is written.</summary>
    public KnowledgeCorpus Corpus { get; }

    /// <summary>Generates a world: the same one for the same options and seed.</summary>
    /// <exception cref="ArgumentException">An option is impossible; the message names it.</exception>
    public static SearchWorld Create(KnowledgeOptions options, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.FindFault() is { } fault ? throw new ArgumentException(fault, nameof(options)) : new SearchWorld(options, seed);
    }

    /// <summary>The numbers of the best documents for a query, the best first: at most k.</summary>
    public int[] Search(ReadOnlySpan<int> query)
    {
        Span<SearchHit> hits = stackalloc SearchHit[Options.Results];
        int count = index.Search(query, hits);
        int[] documents = new int[count];
        for (int i = 0; i < count; i++)
        {
            documents[i] = hits[i].Document;
        }

        return documents;
    }

    /// <summary>What a search shows of a document. [tokens]</summary>
    public int[] Snippet(int document, ReadOnlySpan<int> query)
    {
        Span<float> weights = query.Length <= 64 ? stackalloc float[query.Length] : new float[query.Length];
        for (int i = 0; i < query.Length; i++)
        {
            weights[i] = index.Idf(query[i]);
        }

        return Corpus.Documents[document].Snippet(query, weights, Options.SnippetTokens).ToArray();
    }

    /// <summary>Whether a fact can be found: the subject's document states it, and the search for the subject's name and the predicate finds that document.</summary>
    public bool IsRetrievable(Fact fact) => States(fact) && Search([.. Graph.Name(fact.Subject), KnowledgeVocabulary.Of(fact.Predicate)]).Contains(fact.Subject);

    /// <summary>Whether the subject's document states a fact, in whichever words.</summary>
    public bool States(Fact fact)
    {
        int[] name = Graph.Name(fact.Subject), value = Graph.ObjectTokens(fact.Predicate, fact.Object);
        KnowledgeDocument document = Corpus.Documents[fact.Subject];
        return Statement.ReadAll(document.Opening(Options.DocumentTokens)).Exists(said => said.IsAbout(name, fact.Predicate) && said.Object.AsSpan().SequenceEqual(value));
    }

    /// <summary>Whether a run of tokens stands in a document.</summary>
    public bool Contains(int document, ReadOnlySpan<int> tokens) => Corpus.Documents[document].Tokens.IndexOf(tokens) >= 0;
}
