using System.Runtime.InteropServices;

namespace Proximal.Worlds.Retrieval;

/// <summary>Collects documents for a <see cref="Bm25Index"/>.</summary>
public sealed class Bm25Builder
{
    private readonly List<int> terms = [];
    private readonly List<int> counts = [];
    private readonly List<int> ends = [];
    private readonly List<int> lengths = [];
    private int[] frequencies = new int[256];
    private int vocabulary;

    /// <summary>Documents so far.</summary>
    public int Count => ends.Count;

    /// <summary>Adds a document.</summary>
    /// <param name="tokens">Its tokens, not negative. [tokens]</param>
    /// <returns>Its number.</returns>
    public int Add(ReadOnlySpan<int> tokens)
    {
        int first = terms.Count;
        foreach (int token in tokens)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(token, nameof(tokens));
            if (token >= frequencies.Length)
            {
                Array.Resize(ref frequencies, Math.Max(token + 1, 2 * frequencies.Length));
            }

            if (frequencies[token]++ == 0)
            {
                terms.Add(token);
            }

            vocabulary = Math.Max(vocabulary, token + 1);
        }

        foreach (int term in CollectionsMarshal.AsSpan(terms)[first..])
        {
            counts.Add(frequencies[term]);
            frequencies[term] = 0;
        }

        ends.Add(terms.Count);
        lengths.Add(tokens.Length);
        return ends.Count - 1;
    }

    /// <summary>The index of the documents so far.</summary>
    /// <param name="saturation">k1: how soon further occurrences of a term stop counting.</param>
    /// <param name="lengthWeight">b in [0, 1]: how much long documents are held to be long-winded.</param>
    public Bm25Index Build(double saturation = 1.2, double lengthWeight = 0.75)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(saturation);
        ArgumentOutOfRangeException.ThrowIfLessThan(lengthWeight, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lengthWeight, 1);
        int documents = ends.Count;
        double averageLength = documents == 0 ? 1 : Math.Max(1, lengths.Average());
        int[] starts = new int[vocabulary + 1];
        foreach (int term in terms)
        {
            starts[term + 1]++;
        }

        float[] idf = new float[vocabulary];
        for (int term = 0; term < vocabulary; term++)
        {
            idf[term] = (float)Math.Log(1 + ((documents - starts[term + 1] + 0.5) / (starts[term + 1] + 0.5)));
            starts[term + 1] += starts[term];
        }

        int[] next = starts[..^1], postings = new int[terms.Count];
        float[] weights = new float[terms.Count];
        for (int document = 0, i = 0; document < documents; document++)
        {
            double norm = saturation * (1 - lengthWeight + (lengthWeight * lengths[document] / averageLength));
            for (; i < ends[document]; i++)
            {
                int at = next[terms[i]]++;
                postings[at] = document;
                weights[at] = (float)(idf[terms[i]] * counts[i] * (saturation + 1) / (counts[i] + norm));
            }
        }

        return new Bm25Index(documents, starts, postings, weights, idf);
    }
}
