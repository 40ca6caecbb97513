using Proximal.Tensors.Random;
using Proximal.Worlds.Knowledge;

namespace Proximal.Worlds.Tests.Knowledge;

public sealed class SearchWorldTests
{
    [Fact]
    public void A_seed_gives_the_same_world_and_another_seed_another_one()
    {
        Assert.Equal(Text(SearchWorld.Create(new KnowledgeOptions(), 3)), Text(SearchWorld.Create(new KnowledgeOptions(), 3)));
        Assert.NotEqual(Text(SearchWorld.Create(new KnowledgeOptions(), 3)), Text(SearchWorld.Create(new KnowledgeOptions(), 4)));
    }

    [Theory]
    [InlineData(60)]
    [InlineData(300)]
    [InlineData(1200)]
    public void Types_have_their_shares_and_relations_their_ranges(int entities)
    {
        KnowledgeGraph graph = SearchWorld.Create(new KnowledgeOptions { Entities = entities }, 1).Graph;
        int[] counts = KnowledgeSchema.CountTypes(entities);
        Assert.Equal(entities, counts.Sum());
        foreach (EntityType type in KnowledgeSchema.Types)
        {
            Assert.Equal(counts[(int)type], graph.OfType(type).Length);
            Assert.True(counts[(int)type] >= 2);
        }

        Assert.All(graph.Facts, fact =>
        {
            Assert.Equal(KnowledgeSchema.Domain(fact.Predicate), graph.Type(fact.Subject));
            if (KnowledgeSchema.Range(fact.Predicate) is { } range)
            {
                Assert.Equal(range, graph.Type(fact.Object));
            }

            Assert.True(!KnowledgeSchema.IsFunctional(fact.Predicate) || graph.Objects(fact.Subject, fact.Predicate).Count == 1);
        });
        foreach (int country in graph.OfType(EntityType.Country))
        {
            Assert.Equal([country], graph.Objects(graph.Objects(country, Predicate.Capital)[0], Predicate.LocatedIn));
        }

        foreach (Fact marriage in graph.Facts.Where(fact => fact.Predicate == Predicate.Spouse))
        {
            Assert.Equal([marriage.Subject], graph.Objects(marriage.Object, Predicate.Spouse));
        }
    }

    [Fact]
    public void A_medium_world_has_the_size_of_the_reference()
    {
        for (ulong seed = 0; seed < 3; seed++)
        {
            SearchWorld world = SearchWorld.Create(new KnowledgeOptions { Fillers = 2 }, seed);
            Assert.InRange(world.Graph.Facts.Count(fact => !KnowledgeSchema.IsAttribute(fact.Predicate)), 660, 750);
            Assert.InRange(world.Corpus.Documents.Average(document => document.Tokens.Length), 30, 48);
            Assert.InRange(world.Corpus.Documents.Max(document => document.Tokens.Length), 100, 260);
        }
    }

    [Fact]
    public void Names_are_never_shared_unless_homonyms_are_asked_for()
    {
        KnowledgeGraph plain = SearchWorld.Create(new KnowledgeOptions(), 1).Graph;
        Assert.Equal(300, Enumerable.Range(0, 300).Select(entity => KnowledgeVocabulary.Write(plain.Name(entity))).Distinct().Count());
        KnowledgeGraph shared = SearchWorld.Create(new KnowledgeOptions { HomonymShare = 0.2 }, 1).Graph;
        Assert.InRange(Enumerable.Range(0, 300).Count(entity => shared.Named(shared.Name(entity)).Count == 2), 20, 40);
    }

    [Theory]
    [InlineData(60, 1, 0.0, 0.99, 1.0)]
    [InlineData(300, 1, 0.0, 0.99, 1.0)]
    [InlineData(1200, 1, 0.0, 0.99, 1.0)]
    [InlineData(300, 2, 0.0, 0.99, 1.0)]
    [InlineData(300, 1, 0.5, 0.45, 0.55)]
    public void The_share_of_facts_that_can_be_found_is_that_of_the_reference(int entities, int synonyms, double dropped, double least, double most)
    {
        SearchWorld world = SearchWorld.Create(new KnowledgeOptions { Entities = entities, Synonyms = synonyms, DroppedShare = dropped }, 5);
        Assert.InRange(world.Graph.Facts.Average(fact => world.IsRetrievable(fact) ? 1.0 : 0.0), least, most);
    }

    [Fact]
    public void Misstated_facts_are_as_many_as_asked_for_and_cannot_be_found()
    {
        SearchWorld world = SearchWorld.Create(new KnowledgeOptions { MisstatedShare = 0.3 }, 5);
        Assert.InRange(world.Graph.Facts.Average(fact => world.States(fact) ? 1.0 : 0.0), 0.65, 0.75);
    }

    [Fact]
    public void A_second_document_has_the_title_and_other_facts()
    {
        SearchWorld world = SearchWorld.Create(new KnowledgeOptions { DuplicateShare = 0.4 }, 5);
        KnowledgeDocument[] second = [.. world.Corpus.Documents.Skip(300)];
        Assert.InRange(second.Length, 90, 150);
        Assert.All(second, document =>
        {
            Assert.Equal(world.Graph.Name(document.Entity), document.Title[..2].ToArray());
            Assert.All(Statement.ReadAll(document.Opening(512)), said => Assert.DoesNotContain(
                world.Graph.Objects(document.Entity, said.Predicate), value => world.Graph.ObjectTokens(said.Predicate, value).AsSpan().SequenceEqual(said.Object)));
        });
    }

    [Fact]
    public void Own_facts_come_first_so_that_an_access_shows_them_all()
    {
        SearchWorld world = SearchWorld.Create(new KnowledgeOptions { Entities = 1200, Fillers = 3 }, 2);
        Assert.All(world.Graph.Facts, fact => Assert.True(world.States(fact)));
    }

    [Fact]
    public void A_snippet_is_the_first_best_run_of_whole_sentences()
    {
        SearchWorld world = SearchWorld.Create(new KnowledgeOptions(), 2);
        foreach (Fact fact in world.Graph.Facts)
        {
            int[] query = [.. world.Graph.Name(fact.Subject), KnowledgeVocabulary.Of(fact.Predicate)];
            int[] snippet = world.Snippet(fact.Subject, query);
            Assert.InRange(snippet.Length, 1, 24);
            Assert.Equal(KnowledgeVocabulary.Stop, snippet[^1]);
            Assert.Contains(Statement.ReadAll(snippet), said => said.IsAbout(world.Graph.Name(fact.Subject), fact.Predicate));
        }
    }

    [Fact]
    public void Every_text_has_one_reading()
    {
        SuiteRandom random = new(1);
        for (int trial = 0; trial < 2000; trial++)
        {
            int[] tokens = [.. Enumerable.Range(0, random.Range(1, 12)).Select(_ => random.Int(KnowledgeVocabulary.Count))];
            Assert.Equal(tokens, KnowledgeVocabulary.Read(KnowledgeVocabulary.Write(tokens)));
        }

        Assert.Null(KnowledgeVocabulary.Read("Kar-dor borne_in"));
        Assert.Equal(KnowledgeVocabulary.Read(" what is"), KnowledgeVocabulary.Read("what is "));
        Assert.InRange(KnowledgeVocabulary.PlainCount, 250, 350);
    }

    [Theory]
    [InlineData(-1, "'entities' is -1, expected 40 to 3600")]
    [InlineData(3601, "'entities' is 3601, expected 40 to 3600")]
    public void Impossible_worlds_are_refused(int entities, string message) =>
        Assert.StartsWith(message, Assert.Throws<ArgumentException>(() => SearchWorld.Create(new KnowledgeOptions { Entities = entities }, 0)).Message, StringComparison.Ordinal);

    private static string Text(SearchWorld world) => string.Concat(world.Corpus.Documents.Select(document => KnowledgeVocabulary.Write(document.Tokens)));
}
