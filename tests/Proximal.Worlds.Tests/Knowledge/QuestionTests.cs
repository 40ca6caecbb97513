using Proximal.Tensors.Random;
using Proximal.Worlds.Knowledge;

namespace Proximal.Worlds.Tests.Knowledge;

public sealed class QuestionTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(3, 1)]
    [InlineData(4, 1)]
    [InlineData(2, 2)]
    public void Accepted_questions_satisfy_every_rule_and_the_expert_answers_them(int level, int synonyms)
    {
        foreach ((SearchWorld world, Question question) in Draw(50, Level(level), new KnowledgeOptions { Synonyms = synonyms }))
        {
            Assert.Equal(level, question.Level);
            Assert.True(QuestionChecks.IsRetrievable(world, question));
            Assert.True(QuestionChecks.IsUnique(world, question));
            Assert.True(QuestionChecks.HasNoShortcut(world, question));
            Assert.True(QuestionChecks.IsInverseRetrievable(world, question));
            Assert.True(QuestionChecks.IsListed(world, question));
            Assert.True(QuestionChecks.DoesNotTell(question));
            Assert.InRange(question.ExpertTurns, 2, 6);
            SearchSession session = new(world, question, new SearchRules());
            new SearchExpert(question, 0, true, new SuiteRandom(1)).Play(session);
            Assert.Equal(1, session.Scores.Exact);
            Assert.Equal(1, session.Faithfulness);
            Assert.Equal(0, session.Invalid + session.Redundant);
            Assert.Equal(question.ExpertCalls, session.Searches + session.Accesses);
        }
    }

    [Fact]
    public void The_expert_answers_two_hundred_questions_of_the_default_mix()
    {
        int answered = 0;
        foreach ((SearchWorld world, Question question) in Draw(200, new QuestionOptions(), new KnowledgeOptions()))
        {
            SearchSession session = new(world, question, new SearchRules());
            new SearchExpert(question, 0, true, new SuiteRandom(1)).Play(session);
            answered += session.Scores.Exact == 1 ? 1 : 0;
        }

        Assert.Equal(200, answered);
    }

    [Fact]
    public void The_mix_of_levels_is_the_one_asked_for()
    {
        int[] levels = [.. Draw(400, new QuestionOptions(), new KnowledgeOptions()).Select(drawn => drawn.Question.Level)];
        Assert.InRange(levels.Count(level => level == 1), 90, 150);
        Assert.InRange(levels.Count(level => level == 2), 130, 190);
        Assert.InRange(levels.Count(level => level == 3), 55, 105);
        Assert.InRange(levels.Count(level => level == 4), 20, 60);
    }

    [Fact]
    public void Most_random_chains_have_no_shortcut_but_not_all()
    {
        QuestionOptions loose = new() { LevelShares = [0, 1, 1, 1], Verified = false };
        (SearchWorld World, Question Question)[] chains = [.. Draw(300, loose, new KnowledgeOptions()).Where(drawn => drawn.Question.Kind == QuestionKind.Chain)];
        Assert.InRange(chains.Average(chain => QuestionChecks.HasNoShortcut(chain.World, chain.Question) ? 1.0 : 0.0), 0.5, 0.9);
    }

    [Fact]
    public void Nearly_all_unique_intersections_are_found_by_one_search()
    {
        QuestionOptions loose = new() { LevelShares = [0, 0, 1, 0], Verified = false };
        (SearchWorld World, Question Question)[] drawn = [.. Draw(200, loose, new KnowledgeOptions()).Where(each => each.Question.Kind == QuestionKind.Intersection)];
        Assert.InRange(drawn.Average(each => QuestionChecks.IsInverseRetrievable(each.World, each.Question) ? 1.0 : 0.0), 0.9, 1);
    }

    [Fact]
    public void Corrupted_labels_cost_the_expert_their_share()
    {
        (SearchWorld World, Question Question)[] drawn = [.. Draw(300, new QuestionOptions { MislabelledShare = 0.2 }, new KnowledgeOptions { Entities = 60 })];
        double exact = drawn.Average(each =>
        {
            SearchSession session = new(each.World, each.Question, new SearchRules());
            new SearchExpert(each.Question, 0, true, new SuiteRandom(1)).Play(session);
            return session.Scores.Exact;
        });
        Assert.InRange(exact, 0.73, 0.87);
        Assert.All(drawn, each => Assert.Equal(each.Question.Answers != each.Question.TrueAnswers, !each.Question.TrueAnswers.Any(answer => answer.AsSpan().SequenceEqual(each.Question.Answers[0]))));
    }

    [Fact]
    public void Ambiguous_questions_have_two_or_three_answers_which_the_expert_names()
    {
        QuestionOptions ambiguous = new() { AmbiguousShare = 1, TellAmbiguous = true };
        (SearchWorld World, Question Question)[] drawn = [.. Draw(60, ambiguous, new KnowledgeOptions { HomonymShare = 0.2 })];
        Assert.Contains(drawn, each => each.Question.Asked == Predicate.FlowsThrough);
        Assert.Contains(drawn, each => each.Question.Asked != Predicate.FlowsThrough);
        foreach ((SearchWorld world, Question question) in drawn)
        {
            Assert.InRange(question.Answers.Count, 2, 3);
            Assert.StartsWith(" name every answer: what is the", KnowledgeVocabulary.Write(question.Tokens), StringComparison.Ordinal);
            SearchSession session = new(world, question, new SearchRules());
            new SearchExpert(question, 0, true, new SuiteRandom(1)).Play(session);
            Assert.Equal(1, session.Scores.Exact);
        }
    }

    [Fact]
    public void Descriptions_make_a_question_longer_by_a_hop()
    {
        foreach ((SearchWorld world, Question question) in Draw(40, new QuestionOptions { LevelShares = [1, 0, 0, 0], FuzzDepth = 1 }, new KnowledgeOptions()).Where(each => each.Question.Kind == QuestionKind.Chain))
        {
            Assert.InRange(question.Hops, 1, 2);
            Assert.True(QuestionChecks.Accepts(world, question));
        }
    }

    [Fact]
    public void Questions_read_as_the_surfaces_say()
    {
        string[] texts = [.. Draw(300, new QuestionOptions { LevelShares = [1, 1, 1, 3] }, new KnowledgeOptions()).Select(each => KnowledgeVocabulary.Write(each.Question.Tokens))];
        const string name = " [A-Z][a-z]+-[a-z]+", word = " [a-z_]+";
        string[] surfaces =
        [
            $"^ what is the{word} of{name}\\?$", $"^ what is the{word} of( the{word} of)+{name}\\?$", $"^ which{word}{word}{name}\\?$", $"^ which{word}{word}{name} and{word}{name}\\?$",
            $"^ which{word}{word} the{word} of{name} and{word}{name}\\?$", $"^ which one has earlier{word}:{name} or{name}\\?$", $"^ which{word}{word}{name} has the largest{word}\\?$",
        ];
        Assert.All(texts, text => Assert.Contains(surfaces, surface => System.Text.RegularExpressions.Regex.IsMatch(text, surface)));
        Assert.All(surfaces, surface => Assert.Contains(texts, text => System.Text.RegularExpressions.Regex.IsMatch(text, surface)));
    }

    [Fact]
    public void Mistakes_cost_a_recovering_expert_turns_and_another_one_answers()
    {
        double recovered = 0, lost = 0, clean = 0;
        (SearchWorld World, Question Question)[] drawn = [.. Draw(150, new QuestionOptions(), new KnowledgeOptions())];
        for (int i = 0; i < drawn.Length; i++)
        {
            recovered += Play(drawn[i], 0.3, true, (ulong)i);
            lost += Play(drawn[i], 0.3, false, (ulong)i);
            clean += Play(drawn[i], 0, false, (ulong)i);
        }

        Assert.Equal(drawn.Length, clean);
        Assert.InRange(recovered / drawn.Length, 0.85, 1);
        Assert.InRange(lost / drawn.Length, 0.3, 0.75);

        static double Play((SearchWorld World, Question Question) each, double noise, bool recovers, ulong seed)
        {
            SearchSession session = new(each.World, each.Question, new SearchRules { Turns = 10 });
            new SearchExpert(each.Question, noise, recovers, new SuiteRandom(seed)).Play(session);
            return session.Scores.Exact;
        }
    }

    private static QuestionOptions Level(int level) => new() { LevelShares = [.. Enumerable.Range(1, 4).Select(each => each == level ? 1.0 : 0.0)] };

    private static IEnumerable<(SearchWorld World, Question Question)> Draw(int count, QuestionOptions options, KnowledgeOptions world)
    {
        int drawn = 0;
        for (ulong seed = 0; drawn < count; seed++)
        {
            SearchWorld made = SearchWorld.Create(world, seed);
            QuestionGenerator generator = new(made, options);
            SuiteRandom random = SuiteRandom.OfWorld(SearchWorld.Name, seed, WorldStream.Task);
            for (int i = 0; i < 10 && drawn < count; i++)
            {
                if (generator.Draw(random) is { } question)
                {
                    drawn++;
                    yield return (made, question);
                }
            }
        }
    }
}
