using System.Buffers;

namespace Proximal.Worlds.Retrieval;

/// <summary>
/// Ranked search over token ids (Robertson and Zaragoza 2009, The Probabilistic Relevance Framework: BM25 and Beyond):
/// <c>score(q, d) = Σ_t idf(t) · tf (k1 + 1) / (tf + k1 (1 - b + b |d| / avgdl))</c> with <c>idf(t) = ln(1 + (N - n_t + 0.5) / (n_t + 0.5))</c>, every token of the query as often as it stands
/// there. Equal scores are in the order of the documents. The postings of a term are its documents in order beside what an occurrence of the term adds to their scores, in flat arrays. Safe
/// for concurrent use; a query allocates nothing.
/// </summary>
public sealed class Bm25Index
{
    private readonly int[] starts;
    private readonly int[] postings;
    private readonly float[] weights;
    private readonly float[] idf;

    internal Bm25Index(int documents, int[] starts, int[] postings, float[] weights, float[] idf)
    {
        Documents = documents;
        this.starts = starts;
        this.postings = postings;
        this.weights = weights;
        this.idf = idf;
    }

    /// <summary>Number of documents.</summary>
    public int Documents { get; }

    /// <summary>Terms in documents, each once a document.</summary>
    public int Postings => postings.Length;

    /// <summary>The inverse document frequency of a term; that of a term without documents where the index has not seen it.</summary>
    public float Idf(int term) => (uint)term < (uint)idf.Length ? idf[term] : (float)Math.Log(1 + ((Documents + 0.5) / 0.5));

    /// <summary>Finds the best documents.</summary>
    /// <param name="query">Tokens; those that no document has count nothing. [tokens]</param>
    /// <param name="hits">Receives the best documents, the best first. [k]</param>
    /// <returns>How many were found: fewer than k where fewer documents share a token with the query.</returns>
    public int Search(ReadOnlySpan<int> query, Span<SearchHit> hits)
    {
        float[] scores = ArrayPool<float>.Shared.Rent(Math.Max(1, Documents));
        try
        {
            Span<float> accumulated = scores.AsSpan(0, Documents);
            accumulated.Clear();
            foreach (int term in query)
            {
                Add(term, accumulated);
            }

            return TakeBest(accumulated, hits);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(scores);
        }
    }

    /// <summary>The score of one document.</summary>
    public float Score(ReadOnlySpan<int> query, int document)
    {
        float score = 0;
        foreach (int term in query)
        {
            if ((uint)term < (uint)idf.Length)
            {
                int at = postings.AsSpan(starts[term]..starts[term + 1]).BinarySearch(document);
                score += at >= 0 ? weights[starts[term] + at] : 0;
            }
        }

        return score;
    }

    private void Add(int term, Span<float> scores)
    {
        if ((uint)term >= (uint)idf.Length)
        {
            return;
        }

        ReadOnlySpan<int> documents = postings.AsSpan(starts[term]..starts[term + 1]);
        ReadOnlySpan<float> gains = weights.AsSpan(starts[term]..starts[term + 1]);
        for (int i = 0; i < documents.Length; i++)
        {
            scores[documents[i]] += gains[i];
        }
    }

    /// <summary>The k highest scores above 0. k is small beside the documents, nearly all of which fail the first comparison, so that a sorted list is as good as a heap.</summary>
    private static int TakeBest(ReadOnlySpan<float> scores, Span<SearchHit> hits)
    {
        int count = 0;
        float bar = 0;
        for (int document = 0; document < scores.Length && !hits.IsEmpty; document++)
        {
            float score = scores[document];
            if (score <= bar)
            {
                continue;
            }

            int at = count < hits.Length ? count++ : hits.Length - 1;
            for (; at > 0 && hits[at - 1].Score < score; at--)
            {
                hits[at] = hits[at - 1];
            }

            hits[at] = new SearchHit(document, score);
            bar = count == hits.Length ? hits[^1].Score : 0;
        }

        return count;
    }
}
