namespace Proximal.Worlds.Knowledge;

/// <summary>A document of the corpus: a title, then whole sentences.</summary>
public sealed class KnowledgeDocument
{
    private readonly int[] tokens;
    private readonly int[] sentences;

    /// <summary>Lays out a document.</summary>
    /// <param name="entity">The entity that it is about.</param>
    /// <param name="title">Its name; a document that is not its own has the type behind it.</param>
    /// <param name="sentences">Its sentences, each with its stop.</param>
    internal KnowledgeDocument(int entity, int[] title, IReadOnlyList<int[]> sentences)
    {
        Entity = entity;
        TitleLength = title.Length;
        tokens = [.. title, .. sentences.SelectMany(sentence => sentence)];
        this.sentences = new int[sentences.Count + 1];
        this.sentences[0] = title.Length;
        for (int i = 0; i < sentences.Count; i++)
        {
            this.sentences[i + 1] = this.sentences[i] + sentences[i].Length;
        }
    }

    /// <summary>The entity that it is about.</summary>
    public int Entity { get; }

    /// <summary>Tokens of its title.</summary>
    public int TitleLength { get; }

    /// <summary>The title. [tokens]</summary>
    public ReadOnlySpan<int> Title => tokens.AsSpan(0, TitleLength);

    /// <summary>Title and sentences: what the search looks at. [tokens]</summary>
    public ReadOnlySpan<int> Tokens => tokens;

    /// <summary>Number of sentences.</summary>
    public int Sentences => sentences.Length - 1;

    /// <summary>A sentence, its stop included. [tokens]</summary>
    public ReadOnlySpan<int> Sentence(int index) => tokens.AsSpan(sentences[index]..sentences[index + 1]);

    /// <summary>The document from its first sentence on, as many whole sentences as the limit has room for. [tokens]</summary>
    public ReadOnlySpan<int> Opening(int limit) => Run(0, limit);

    /// <summary>
    /// The run of whole sentences of at most <paramref name="limit"/> tokens with the highest sum of weights over the distinct tokens of a query, the first of equals. No sentence is cut: half a
    /// sentence would show a relation without its object.
    /// </summary>
    /// <param name="query">Tokens.</param>
    /// <param name="weights">The weight of each. [query]</param>
    /// <param name="limit">The most tokens.</param>
    public ReadOnlySpan<int> Snippet(ReadOnlySpan<int> query, ReadOnlySpan<float> weights, int limit)
    {
        ReadOnlySpan<int> best = [];
        float highest = -1;
        for (int first = 0; first < Sentences; first++)
        {
            ReadOnlySpan<int> run = Run(first, limit);
            float sum = 0;
            for (int i = 0; i < query.Length; i++)
            {
                sum += !query[..i].Contains(query[i]) && run.Contains(query[i]) ? weights[i] : 0;
            }

            if (sum > highest)
            {
                highest = sum;
                best = run;
            }
        }

        return best;
    }

    private ReadOnlySpan<int> Run(int first, int limit)
    {
        int start = sentences[first], last = first;
        while (last < Sentences && sentences[last + 1] - start <= limit)
        {
            last++;
        }

        return tokens.AsSpan(start..sentences[last]);
    }
}
