using Proximal.Worlds.Retrieval;

namespace Proximal.Worlds.Tests.Retrieval;

public sealed class TextCorpusTests
{
    private static readonly TextCorpus Corpus = new(
    [
        new TextDocument("a", "Alba", "Alba was born in Riva, a town by the lake. She works for Doria."),
        new TextDocument("b", "Riva", "Riva is the capital of Doria! It lies by the lake; people call it RIVA."),
        new TextDocument("c", "", "Nothing to see here."),
    ]);

    [Fact]
    public void Words_are_lower_cased_runs_of_letters_and_digits()
    {
        WordVocabulary vocabulary = new();
        List<int> words = [];
        vocabulary.Add("Émile's 2nd café -- CAFÉ", words);
        Assert.Equal([0, 1, 2, 3, 3], words);
        int[] read = new int[8], starts = new int[8];
        Assert.Equal(3, vocabulary.Read("café; THE émile", read, starts));
        Assert.Equal([3, -1, 0], read[..3]);
        Assert.Equal([0, 6, 10], starts[..3]);
        Assert.Equal(2, vocabulary.Read(new string('x', 100), read));
    }

    [Fact]
    public void Documents_are_found_by_title_and_text_and_known_by_id()
    {
        Assert.Equal([1, 0], Search("capital of DORIA?"));
        Assert.Equal([0, 1], Search("alba").Concat(Search("call")));
        Assert.Equal([], Search("unknown words"));
        Assert.Equal([], Search(""));
        Assert.Equal(2, Corpus.Find("c"));
        Assert.Null(Corpus.Find("d"));
    }

    [Fact]
    public void The_passage_has_most_of_the_query_and_is_cut_between_words()
    {
        Assert.Equal("She works for Doria.", Corpus.Passage(0, "who works for Doria", 4).ToString());
        Assert.Equal("Alba was born", Corpus.Passage(0, "", 3).ToString());
        Assert.Equal(Corpus.Documents[0].Text, Corpus.Passage(0, "lake", 100).ToString());
        Assert.Equal("Riva is the capital of Doria! It", Corpus.Opening(1, 7).ToString());
        Assert.Equal(Corpus.Documents[2].Text, Corpus.Opening(2, 4).ToString());
    }

    [Fact]
    public void Two_documents_of_one_id_are_refused() =>
        Assert.Contains("'a'", Assert.Throws<ArgumentException>(() => new TextCorpus([Corpus.Documents[0], Corpus.Documents[0]])).Message, StringComparison.Ordinal);

    [Fact]
    public void A_query_in_words_allocates_nothing()
    {
        SearchHit[] hits = new SearchHit[2];
        Corpus.Search("capital of Doria", hits);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            Corpus.Search("capital of Doria", hits);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private static int[] Search(string query)
    {
        SearchHit[] hits = new SearchHit[3];
        return [.. hits[..Corpus.Search(query, hits)].Select(hit => hit.Document)];
    }
}
