using System.Buffers;
using System.Text.Json;
using Proximal.Tensors.Random;
using Proximal.Worlds.Knowledge;

namespace Proximal.Worlds.Tests.Knowledge;

public sealed class SearchSessionTests
{
    private static readonly SearchWorld World = SearchWorld.Create(new KnowledgeOptions { Entities = 60 }, 11);
    private static readonly Question Question = Draw();

    [Fact]
    public void Turns_are_answered_and_counted()
    {
        SearchSession session = new(World, Question, new SearchRules());
        Fact fact = Question.GoldFacts[0];
        string? results = session.Step(SearchAction.Search([.. World.Graph.Name(fact.Subject), KnowledgeVocabulary.Of(fact.Predicate)]));
        Assert.StartsWith("[", results, StringComparison.Ordinal);
        Assert.Contains($"[{fact.Subject}]", results, StringComparison.Ordinal);
        Assert.Equal(3, session.LastFound.Count);
        Assert.Equal(1, session.TurnRewards[0]);
        Assert.Contains(":", session.Step(SearchAction.Access(fact.Subject)), StringComparison.Ordinal);
        Assert.Equal(" no such id", session.Step(SearchAction.Access(60)));
        Assert.Equal(" invalid", session.Step(SearchAction.Invalid));
        Assert.Equal(" invalid", session.Step(SearchAction.Judge(true)));
        Assert.Null(session.Step(SearchAction.Answer(Question.Answers)));
        Assert.Equal([1, 0, 0, 0, 0, 1], session.TurnRewards);
        Assert.Equal((1, 2, 3, 0), (session.Searches, session.Accesses, session.Invalid, session.Redundant));
        Assert.Equal(1, session.Scores.Exact);
        Assert.True(session.IsOver);
        Assert.Throws<InvalidOperationException>(() => session.Step(SearchAction.Invalid));
    }

    [Fact]
    public void The_last_turn_is_not_answered()
    {
        SearchSession session = new(World, Question, new SearchRules { Turns = 2 });
        Assert.NotNull(session.Step(SearchAction.Invalid));
        Assert.Null(session.Step(SearchAction.Invalid));
        Assert.True(session.IsOver);
        Assert.Equal(default, session.Scores);
    }

    [Fact]
    public void A_closed_book_and_long_queries_are_refused()
    {
        SearchSession session = new(World, Question, new SearchRules { ToolCalls = 0 });
        Assert.Equal(" budget", session.Step(SearchAction.Search(Question.Tokens[..2])));
        Assert.Equal(" budget", session.Step(SearchAction.Access(1)));
        Assert.Equal(" invalid", session.Step(SearchAction.Search(new int[9])));
        Assert.Equal(0, session.Searches);
    }

    [Fact]
    public void A_repeated_query_has_the_same_words_in_any_order()
    {
        SearchSession session = new(World, Question, new SearchRules());
        int[] query = [.. World.Graph.Name(3), KnowledgeVocabulary.Of(Predicate.BornIn)];
        session.Step(SearchAction.Search(query));
        session.Step(SearchAction.Search([.. query.Reverse()]));
        session.Step(SearchAction.Search(query[1..]));
        Assert.Equal(1, session.Redundant);
    }

    [Fact]
    public void Judged_searches_ask_for_a_judgement_and_useless_results_for_another_search()
    {
        SearchSession session = new(World, Question, new SearchRules { Judged = true, Turns = 20 });
        Fact fact = Question.GoldFacts[0];
        int[] good = [.. World.Graph.Name(fact.Subject), KnowledgeVocabulary.Of(fact.Predicate)];
        session.Step(SearchAction.Search(good));
        Assert.True(session.MustJudge);
        Assert.True(session.IdealJudgement);
        Assert.Equal(" invalid", session.Step(SearchAction.Answer(Question.Answers)));
        Assert.Equal(" noted", session.Step(SearchAction.Judge(false)));
        Assert.Equal(" invalid", session.Step(SearchAction.Answer(Question.Answers)));
        session.Step(SearchAction.Search(good));
        Assert.Equal(" noted", session.Step(SearchAction.Judge(true)));
        Assert.Null(session.Step(SearchAction.Answer(Question.Answers)));
        Assert.Equal(2, session.Invalid);
        Assert.Equal(2, session.Judgements);
    }

    [Fact]
    public void Playing_again_gives_the_same_states_and_a_clone_leaves_the_original_alone()
    {
        SuiteRandom random = new(3);
        for (int trial = 0; trial < 50; trial++)
        {
            SearchSession one = new(World, Question, new SearchRules()), two = new(World, Question, new SearchRules());
            while (!one.IsOver)
            {
                SearchAction action = Any(random);
                SearchSession aside = one.Clone();
                ulong before = one.StateHash;
                aside.Step(Any(random));
                Assert.Equal(before, one.StateHash);
                Assert.Equal(one.Step(action), two.Step(action));
                Assert.Equal(one.StateHash, two.StateHash);
                Assert.Equal(one.ObservationHash, two.ObservationHash);
                Assert.Equal(one.Clone().StateHash, one.StateHash);
            }

            Assert.Equal(one.TurnRewards, two.TurnRewards);
        }
    }

    [Fact]
    public void Whatever_is_done_an_episode_ends_in_time_and_its_numbers_stay_in_bounds()
    {
        SuiteRandom random = new(5);
        int exact = 0;
        for (int trial = 0; trial < 1000; trial++)
        {
            SearchSession session = new(World, Question, new SearchRules());
            int turns = 0;
            while (!session.IsOver)
            {
                if (session.Step(Any(random)) is { } observation)
                {
                    Assert.NotNull(KnowledgeVocabulary.Read(observation));
                }

                turns++;
            }

            Assert.InRange(turns, 1, 6);
            Assert.Equal(turns, session.TurnRewards.Count);
            Assert.All(session.TurnRewards, reward => Assert.InRange(reward, 0, 1));
            Assert.InRange(session.GoldProgress, 0, 1);
            Assert.InRange(session.Hops, 0, 1);
            Assert.InRange(session.Scores.TokenF1, 0, 1);
            exact += session.Scores.Exact == 1 ? 1 : 0;
        }

        Assert.InRange(exact, 0, 40);
    }

    [Fact]
    public void Answers_are_compared_without_articles_order_and_duplicates()
    {
        int[] a = World.Graph.Name(0), b = World.Graph.Name(1), c = World.Graph.Name(2);
        int semicolon = KnowledgeVocabulary.Semicolon, the = KnowledgeVocabulary.The;
        Assert.Equal(new AnswerScores(1, 1, 1, 1, 1), AnswerScores.Of([the, .. a, KnowledgeVocabulary.Stop], [a]));
        Assert.Equal(1, AnswerScores.Of([.. b, semicolon, .. a, semicolon, .. b], [a, b]).Exact);
        AnswerScores half = AnswerScores.Of([.. a, semicolon, .. c], [a, b]);
        Assert.Equal((0.0, 1.0, 0.5, 0.5), (half.Exact, half.Contains, half.AnswerF1, half.Recall));
        Assert.Equal(2.0 / 3, AnswerScores.Of(a, [a, b]).AnswerF1, 1e-12);
        Assert.Equal(0.8, AnswerScores.Of([.. a, semicolon, .. b, semicolon, .. c], [a, b]).AnswerF1, 1e-12);
        Assert.Equal(2.0 * 2 / 6, AnswerScores.Of([.. a, .. c], [a]).TokenF1, 1e-12);
        Assert.Equal(default, AnswerScores.Of([], [a]));
    }

    [Fact]
    public void A_snapshot_is_the_episode_and_a_broken_one_is_refused()
    {
        SuiteRandom random = new(8);
        for (int trial = 0; trial < 50; trial++)
        {
            SearchSession session = new(World, Question, new SearchRules { Judged = trial % 2 == 0 });
            for (int turns = random.Int(6); turns > 0 && !session.IsOver; turns--)
            {
                session.Step(Any(random));
            }

            SearchSession read = SearchSnapshot.Read(Snapshot(session), World, Question, session.Rules);
            Assert.Equal(session.StateHash, read.StateHash);
            Assert.Equal(session.ObservationHash, read.ObservationHash);
            Assert.Equal(session.TurnRewards, read.TurnRewards);
        }

        Refused("[]", "'turns' of a snapshot is missing");
        Refused("""{"turns": [1]}""", "expected objects");
        Refused("""{"turns": [{"search": "xyz"}]}""", "'search' of a turn of a snapshot is String, expected words of the world.");
        Refused("""{"turns": [{"answer": "it"}, {"answer": "it"}]}""", "after the end of the episode");
        Refused("""{"turns": [{}]}""", "no key of invalid, search");
        Refused("""{"turns": [{"search": "it"}], "state": "0"}""", "of another problem");
        Refused($$"""{"turns": [{{string.Join(',', Enumerable.Repeat("{}", 7))}}]}""", "has 7 items, expected at most 6.");

        static void Refused(string json, string message) => Assert.Contains(
            message, Assert.Throws<InvalidDataException>(() => SearchSnapshot.Read(JsonDocument.Parse(json).RootElement, World, Question, new SearchRules())).Message, StringComparison.Ordinal);
    }

    private static JsonElement Snapshot(SearchSession session)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer))
        {
            SearchSnapshot.Write(json, session);
        }

        return JsonDocument.Parse(buffer.WrittenMemory).RootElement;
    }

    private static SearchAction Any(SuiteRandom random) => random.Int(8) switch
    {
        0 => SearchAction.Invalid,
        1 => SearchAction.Judge(random.Int(2) == 0),
        2 => SearchAction.Access(random.Int(80)),
        3 => SearchAction.Answer([World.Graph.Name(random.Int(60))]),
        4 => new SearchAction(SearchActionKind.Report, [KnowledgeVocabulary.None]),
        5 => new SearchAction(SearchActionKind.Answer, [KnowledgeVocabulary.Semicolon]),
        _ => SearchAction.Search([.. Enumerable.Range(0, random.Range(1, 9)).Select(_ => random.Int(KnowledgeVocabulary.Count))]),
    };

    private static Question Draw()
    {
        QuestionGenerator generator = new(World, new QuestionOptions { LevelShares = [0, 1, 0, 0] });
        SuiteRandom random = new(1);
        while (true)
        {
            if (generator.Draw(random) is { Kind: QuestionKind.Chain } question)
            {
                return question;
            }
        }
    }
}
