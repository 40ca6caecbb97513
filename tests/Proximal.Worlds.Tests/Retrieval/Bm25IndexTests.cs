using Proximal.Tensors.Random;
using Proximal.Worlds.Retrieval;

namespace Proximal.Worlds.Tests.Retrieval;

public sealed class Bm25IndexTests
{
    private const int Alba = 0, BornIn = 1, Riva = 2, CapitalOf = 3, Doria = 4, WorksFor = 5;

    [Fact]
    public void Three_documents_of_equal_length_score_by_hand()
    {
        Bm25Index index = Index([Alba, BornIn, Riva], [Riva, CapitalOf, Doria], [Alba, WorksFor, Doria]);
        Assert.Equal(0.470004, index.Idf(Alba), 1e-6);
        Assert.Equal(0.980829, index.Idf(BornIn), 1e-6);
        Assert.Equal(1.450833, index.Score([Alba, BornIn], 0), 1e-6);
        Assert.Equal(0, index.Score([Alba, BornIn], 1));
        Assert.Equal(0.470004, index.Score([Alba, BornIn], 2), 1e-6);
        SearchHit[] hits = new SearchHit[3];
        Assert.Equal(2, index.Search([Alba, BornIn], hits));
        Assert.Equal([0, 2], hits[..2].Select(hit => hit.Document));
    }

    [Fact]
    public void Equal_scores_are_in_the_order_of_the_documents()
    {
        Bm25Index index = Index([Doria, Riva], [Riva, Alba], [Alba, Riva], [Riva, Alba]);
        SearchHit[] hits = new SearchHit[2];
        Assert.Equal(2, index.Search([Alba], hits));
        Assert.Equal([1, 2], hits.Select(hit => hit.Document));
    }

    [Fact]
    public void Search_gives_what_scoring_every_document_gives()
    {
        SuiteRandom random = new(7);
        int[][] documents = [.. Enumerable.Range(0, 200).Select(_ => Tokens(random, random.Range(1, 40)))];
        Bm25Index index = Index(documents);
        for (int trial = 0; trial < 100; trial++)
        {
            int[] query = Tokens(random, random.Range(1, 5));
            SearchHit[] hits = new SearchHit[5];
            int count = index.Search(query, hits);
            (int Document, float Score)[] expected =
                [.. Enumerable.Range(0, 200).Select(document => (document, index.Score(query, document))).Where(hit => hit.Item2 > 0).OrderByDescending(hit => hit.Item2).ThenBy(hit => hit.document).Take(5)];
            Assert.Equal(expected, hits[..count].Select(hit => (hit.Document, hit.Score)));
        }
    }

    [Fact]
    public void A_query_allocates_nothing()
    {
        SuiteRandom random = new(7);
        Bm25Index index = Index([.. Enumerable.Range(0, 50).Select(_ => Tokens(random, 20))]);
        SearchHit[] hits = new SearchHit[3];
        int[] query = [1, 2, 3];
        index.Search(query, hits);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            index.Search(query, hits);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void Unknown_tokens_and_empty_indices_find_nothing()
    {
        SearchHit[] hits = new SearchHit[3];
        Assert.Equal(0, Index([Alba]).Search([1000], hits));
        Assert.Equal(0, new Bm25Builder().Build().Search([Alba], hits));
        Assert.Equal(0, Index([Alba]).Search([Alba], []));
        Assert.Equal(0, Index([Alba], []).Score([Alba], 1));
    }

    private static int[] Tokens(SuiteRandom random, int count) => [.. Enumerable.Range(0, count).Select(_ => random.Int(50))];

    private static Bm25Index Index(params int[][] documents)
    {
        Bm25Builder builder = new();
        foreach (int[] document in documents)
        {
            builder.Add(document);
        }

        return builder.Build();
    }
}
