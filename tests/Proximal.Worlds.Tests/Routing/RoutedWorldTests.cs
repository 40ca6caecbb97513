using System.Buffers;
using System.Text.Json;
using Proximal.Tensors.Random;
using Proximal.Worlds.Knowledge;
using Proximal.Worlds.Routing;

namespace Proximal.Worlds.Tests.Routing;

public sealed class RoutedWorldTests
{
    [Fact]
    public void Every_fact_is_in_its_knowledge_base_and_in_no_other()
    {
        RoutedWorld world = RoutedWorld.Create(new RoutedOptions(), 4);
        foreach (Fact fact in world.Graph.Facts)
        {
            Finding finding = new(world.Graph.Name(fact.Subject), fact.Predicate, world.Graph.ObjectTokens(fact.Predicate, fact.Object));
            int[] question = RoutedWorld.SubQuestion(finding.Subject, fact.Predicate);
            Assert.All(RoutedWorld.Bases, each => Assert.Equal(
                each == RoutedWorld.BaseOf(fact.Predicate), world.Retrieve(each, question).Findings.Any(found => found.Says(finding))));
        }
    }

    [Fact]
    public void Duplicated_facts_are_in_two_knowledge_bases()
    {
        RoutedWorld world = RoutedWorld.Create(new RoutedOptions { DuplicateShare = 0.1 }, 4);
        Fact[] twice = [.. world.Graph.Facts.Where(fact => world.BasesOf(fact).Count == 2)];
        Assert.InRange(twice.Length, 0.05 * world.Graph.Facts.Count, 0.15 * world.Graph.Facts.Count);
        Assert.InRange(twice.Average(Found), 1.9, 2);

        double Found(Fact fact) => world.BasesOf(fact).Count(each => world.Retrieve(each, RoutedWorld.SubQuestion(world.Graph.Name(fact.Subject), fact.Predicate)).Findings
            .Any(found => found.IsAbout(world.Graph.Name(fact.Subject), fact.Predicate)));
    }

    [Fact]
    public void Captions_name_what_they_show_unless_they_are_anonymous()
    {
        Assert.Equal(1, Named(0));
        Assert.InRange(Named(0.4), 0.5, 0.7);
        RoutedWorld world = RoutedWorld.Create(new RoutedOptions(), 4);
        int city = world.Graph.OfType(EntityType.City)[0];
        Retrieved shown = world.Retrieve(KnowledgeBase.Image, RoutedWorld.SubQuestion([world.PictureOf(city)!.Value], null));
        Assert.Equal(world.Graph.Name(city), shown.Findings[0].Object);
        Assert.Null(world.PictureOf(world.Graph.OfType(EntityType.River)[0]));

        static double Named(double anonymous)
        {
            RoutedWorld world = RoutedWorld.Create(new RoutedOptions { AnonymousShare = anonymous }, 4);
            return Enumerable.Range(0, world.Graph.Entities).Where(entity => world.PictureOf(entity) is not null).Average(entity => world.IsNamed(entity) ? 1.0 : 0.0);
        }
    }

    [Fact]
    public void A_table_shows_its_type_and_at_most_six_rows()
    {
        RoutedWorld world = RoutedWorld.Create(new RoutedOptions(), 4);
        int city = world.Graph.OfType(EntityType.City)[3];
        Retrieved shown = world.Retrieve(KnowledgeBase.Table, RoutedWorld.SubQuestion(world.Graph.Name(city), Predicate.Population));
        Assert.StartsWith(" city:" + KnowledgeVocabulary.Write(world.Graph.Name(city)) + ", located_in:", shown.Text, StringComparison.Ordinal);
        Assert.InRange(shown.Units.Count, 1, 6);
        Assert.NotNull(KnowledgeVocabulary.Read(shown.Text));
    }

    [Fact]
    public void The_expert_answers_two_hundred_questions_with_the_steps_that_they_take()
    {
        foreach ((RoutedWorld world, RoutedQuestion question, ulong seed) in Draw(200, new RoutedOptions { DuplicateShare = 0.1 }))
        {
            RoutedSession session = Play(world, question, seed, 0, Router.Schema);
            Assert.Equal(1, session.Scores.Exact);
            Assert.Equal((1.0, 1.0), (session.RoutingAccuracy, session.Progress));
            Assert.Equal(question.Steps.Count, session.Retrievals);
            Assert.All(session.TurnRewards, reward => Assert.Equal(1, reward, 1e-9));
        }
    }

    [Fact]
    public void Questions_begin_with_pictures_as_often_as_asked_for_and_read_as_the_surfaces_say()
    {
        (RoutedWorld World, RoutedQuestion Question, ulong Seed)[] drawn = [.. Draw(300, new RoutedOptions())];
        Assert.InRange(drawn.Average(each => each.Question.StartsWithPicture ? 1.0 : 0.0), 0.32, 0.48);
        Assert.InRange(drawn.Count(each => each.Question.Steps.Count == 1), 65, 115);
        Assert.All(drawn, each => Assert.Matches("^ what is (shown in img_\\d{3}|the [a-z_]+ of( the [a-z_]+ of)*( img_\\d{3}| [A-Z][a-z]+-[a-z]+))\\?$", KnowledgeVocabulary.Write(each.Question.Tokens)));
    }

    [Fact]
    public void Static_baselines_waste_retrievals_or_miss_answers()
    {
        (RoutedWorld World, RoutedQuestion Question, ulong Seed)[] drawn = [.. Draw(200, new RoutedOptions())];
        (double Exact, double Retrievals, double Cost) schema = Measure(Router.Schema), text = Measure(Router.AlwaysText), all = Measure(Router.AskAll), random = Measure(Router.Random);
        Assert.Equal(1, schema.Exact);
        Assert.InRange(schema.Retrievals, 1.8, 2.2);
        Assert.Equal(1, all.Exact);
        Assert.Equal(3 * schema.Retrievals, all.Retrievals, 1e-9);
        Assert.True(all.Cost > 2.5 * schema.Cost);
        Assert.InRange(text.Exact, 0.1, 0.4);
        Assert.InRange(random.Exact, 0.2, 0.75);

        (double, double, double) Measure(Router router)
        {
            RoutedSession[] played = [.. drawn.Select(each => Play(each.World, each.Question, each.Seed, 0, router))];
            return (played.Average(session => session.Scores.Exact), played.Average(session => (double)session.Retrievals), played.Average(session => (double)session.Cost));
        }
    }

    [Fact]
    public void Faults_of_knowledge_bases_cost_answers()
    {
        Assert.Equal(1, Exact(new RoutedOptions()));
        Assert.InRange(Exact(new RoutedOptions { MisleadShare = 0.3 }), 0.4, 0.95);
        Assert.InRange(Exact(new RoutedOptions { FailureShare = 0.3 }), 0.4, 0.95);
        Assert.InRange(Exact(new RoutedOptions(), noise: 0.3), 0.5, 0.99);

        static double Exact(RoutedOptions options, double noise = 0) => Draw(100, options).Average(each => Play(each.World, each.Question, each.Seed, noise, Router.Schema).Scores.Exact);
    }

    [Fact]
    public void Playing_again_gives_the_same_states_and_a_clone_leaves_the_original_alone()
    {
        SuiteRandom random = new(3);
        foreach ((RoutedWorld world, RoutedQuestion question, ulong seed) in Draw(50, new RoutedOptions { FailureShare = 0.2, MisleadShare = 0.2 }))
        {
            RoutedSession one = new(world, question, 3, seed), two = new(world, question, 3, seed);
            while (!one.IsOver)
            {
                RoutedAction action = Any(world, question, random);
                RoutedSession aside = one.Clone();
                ulong before = one.StateHash;
                Assert.Equal(one.Step(action), two.Step(action));
                Assert.Equal(before, aside.StateHash);
                aside.Step(action);
                Assert.Equal(one.StateHash, aside.StateHash);
                Assert.Equal(one.StateHash, two.StateHash);
                Assert.Equal(one.ObservationHash, two.ObservationHash);
            }
        }
    }

    [Fact]
    public void Whatever_is_done_an_episode_ends_in_time_and_its_numbers_stay_in_bounds()
    {
        SuiteRandom random = new(4);
        foreach ((RoutedWorld world, RoutedQuestion question, ulong seed) in Draw(200, new RoutedOptions { FailureShare = 0.1 }))
        {
            RoutedSession session = new(world, question, 3, seed);
            int turns = 0;
            while (!session.IsOver)
            {
                if (session.Step(Any(world, question, random)) is { } observation)
                {
                    Assert.NotNull(KnowledgeVocabulary.Read(observation));
                }

                turns++;
            }

            Assert.InRange(turns, 1, 4);
            Assert.Equal(turns, session.TurnRewards.Count);
            Assert.All(session.TurnRewards, reward => Assert.InRange(reward, 0, 1));
            Assert.InRange(session.RoutingAccuracy, 0, 1);
            Assert.InRange(session.Progress, 0, 1);
            Assert.InRange(session.Wasted, 0, session.Retrievals);
        }
    }

    [Fact]
    public void A_snapshot_is_the_episode()
    {
        SuiteRandom random = new(8);
        foreach ((RoutedWorld world, RoutedQuestion question, ulong seed) in Draw(40, new RoutedOptions { FailureShare = 0.2 }))
        {
            RoutedSession session = new(world, question, 3, seed);
            for (int turns = random.Int(4); turns > 0 && !session.IsOver; turns--)
            {
                session.Step(Any(world, question, random));
            }

            ArrayBufferWriter<byte> buffer = new();
            using (Utf8JsonWriter json = new(buffer))
            {
                RoutedSnapshot.Write(json, session);
            }

            RoutedSession read = RoutedSnapshot.Read(JsonDocument.Parse(buffer.WrittenMemory).RootElement, world, question, 3, seed);
            Assert.Equal(session.StateHash, read.StateHash);
            Assert.Equal(session.TurnRewards, read.TurnRewards);
            Assert.Throws<InvalidDataException>(() => RoutedSnapshot.Read(JsonDocument.Parse("{\"turns\": [{\"sub\": 1}]}").RootElement, world, question, 3, seed));
        }
    }

    private static RoutedAction Any(RoutedWorld world, RoutedQuestion question, SuiteRandom random) => random.Int(6) switch
    {
        0 => RoutedAction.Invalid,
        1 => RoutedAction.Say(world.Graph.Name(random.Int(world.Graph.Entities))),
        2 => RoutedAction.Ask([random.Int(KnowledgeVocabulary.Count)]),
        3 => RoutedAction.Ask(question.Steps[0].SubQuestion, RoutedWorld.Bases),
        _ => RoutedAction.Ask(question.Steps[random.Int(question.Steps.Count)].SubQuestion, random.Pick(RoutedWorld.Bases)),
    };

    private static RoutedSession Play(RoutedWorld world, RoutedQuestion question, ulong seed, double noise, Router router)
    {
        RoutedSession session = new(world, question, 3, seed);
        new RoutedExpert(question, noise, true, router, new SuiteRandom(seed)).Play(session);
        return session;
    }

    private static IEnumerable<(RoutedWorld World, RoutedQuestion Question, ulong Seed)> Draw(int count, RoutedOptions options)
    {
        int drawn = 0;
        for (ulong seed = 0; drawn < count; seed++)
        {
            RoutedWorld world = RoutedWorld.Create(options, seed);
            RoutedQuestionGenerator generator = new(world);
            SuiteRandom random = SuiteRandom.OfWorld(RoutedWorld.Name, seed, WorldStream.Task);
            for (int i = 0; i < 10 && drawn < count; i++)
            {
                if (generator.Draw(random) is { } question)
                {
                    yield return (world, question, (seed * 10) + (ulong)i);
                    drawn++;
                }
            }
        }
    }
}
