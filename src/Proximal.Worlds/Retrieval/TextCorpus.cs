using System.Runtime.InteropServices;

namespace Proximal.Worlds.Retrieval;

/// <summary>Documents with a <see cref="Bm25Index"/> over the words of titles and texts. Immutable and safe for concurrent use.</summary>
public sealed class TextCorpus
{
    private const int MostQueryWords = 64;
    private const int MostPassageWords = 4096;

    private readonly List<TextDocument> documents = [];
    private readonly Dictionary<string, int> byId = new(StringComparer.Ordinal);
    private readonly WordVocabulary vocabulary = new();
    private readonly Bm25Index index;

    /// <summary>Indexes documents.</summary>
    /// <param name="documents">The documents.</param>
    /// <exception cref="ArgumentException">Two have one id.</exception>
    public TextCorpus(IEnumerable<TextDocument> documents)
    {
        ArgumentNullException.ThrowIfNull(documents);
        Bm25Builder builder = new();
        List<int> words = [];
        foreach (TextDocument document in documents)
        {
            if (!byId.TryAdd(document.Id, this.documents.Count))
            {
                throw new ArgumentException($"Two documents have the id '{document.Id}', expected one each.", nameof(documents));
            }

            this.documents.Add(document);
            words.Clear();
            vocabulary.Add(document.Title, words);
            vocabulary.Add(document.Text, words);
            builder.Add(CollectionsMarshal.AsSpan(words));
        }

        index = builder.Build();
    }

    /// <summary>The documents in the order in which they were given.</summary>
    public IReadOnlyList<TextDocument> Documents => documents;

    /// <summary>The index over their words.</summary>
    public Bm25Index Index => index;

    /// <summary>Different words.</summary>
    public int Words => vocabulary.Count;

    /// <summary>The number of the document with an id; null where there is none.</summary>
    public int? Find(string id) => byId.TryGetValue(id, out int number) ? number : null;

    /// <summary>Finds the best documents for a query, whose first 64 words count. Allocates nothing.</summary>
    /// <param name="query">Text.</param>
    /// <param name="hits">Receives the best documents, the best first. [k]</param>
    /// <returns>How many were found.</returns>
    public int Search(ReadOnlySpan<char> query, Span<SearchHit> hits)
    {
        Span<int> words = stackalloc int[MostQueryWords];
        return index.Search(words[..vocabulary.Read(query, words)], hits);
    }

    /// <summary>The passage of a document with the highest sum of inverse document frequencies over the distinct words of a query, the first of equals.</summary>
    /// <param name="document">Number of the document.</param>
    /// <param name="query">Text.</param>
    /// <param name="length">Words of the passage.</param>
    public ReadOnlySpan<char> Passage(int document, ReadOnlySpan<char> query, int length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        string text = documents[document].Text;
        int[] words = new int[MostPassageWords], starts = new int[MostPassageWords];
        int count = vocabulary.Read(text, words, starts);
        Span<int> asked = stackalloc int[MostQueryWords];
        asked = asked[..vocabulary.Read(query, asked)];
        int best = 0;
        float highest = -1;
        for (int first = 0; first == 0 || first + length <= count; first++)
        {
            ReadOnlySpan<int> window = words.AsSpan(first, Math.Min(length, count - first));
            float sum = 0;
            for (int i = 0; i < asked.Length; i++)
            {
                sum += asked[i] >= 0 && !asked[..i].Contains(asked[i]) && window.Contains(asked[i]) ? index.Idf(asked[i]) : 0;
            }

            if (sum > highest)
            {
                highest = sum;
                best = first;
            }
        }

        return Cut(text, starts, count, best, length);
    }

    /// <summary>The first words of a document.</summary>
    /// <param name="document">Number of the document.</param>
    /// <param name="length">The most words.</param>
    public ReadOnlySpan<char> Opening(int document, int length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        string text = documents[document].Text;
        int[] words = new int[length + 1], starts = new int[length + 1];
        return Cut(text, starts, vocabulary.Read(text, words, starts), 0, length);
    }

    /// <summary>The text from one word on to before the word that is too many.</summary>
    private static ReadOnlySpan<char> Cut(string text, int[] starts, int count, int first, int length) =>
        text.AsSpan((first == 0 ? 0 : starts[first])..(first + length < count ? starts[first + length] : text.Length)).Trim();
}
