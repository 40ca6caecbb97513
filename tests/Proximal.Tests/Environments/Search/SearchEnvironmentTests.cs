using Proximal.Environments;
using Proximal.Environments.Search;
using Proximal.Models.Tokenizers;
using Proximal.Rollouts;
using Proximal.Tasks;
using Proximal.Tasks.Families;
using Proximal.Tasks.Knowledge;
using Proximal.Tensors.Random;
using Proximal.Tests.Training;
using Proximal.Worlds.Knowledge;

namespace Proximal.Tests.Environments.Search;

public sealed class SearchEnvironmentTests
{
    private static readonly SearchWorldTask Task = new(new SearchWorldOptions());
    private static readonly SearchEnvironment Environment = new(new SearchEnvironmentOptions());

    [Fact]
    public void Demonstrations_answer_every_problem_and_every_text_has_one_reading()
    {
        SymbolTokenizer tokenizer = Tokenizer(Environment);
        for (int i = 0; i < 200; i++)
        {
            TaskInstance instance = Task.Generate(TaskSplit.Train, i);
            IEpisode episode = Environment.Begin(instance);
            string? seen = instance.Prompt;
            foreach (string turn in Environment.Demonstration(instance, Task.Demonstration(instance)))
            {
                Assert.NotNull(seen);
                Assert.Equal(seen, tokenizer.Decode(tokenizer.Encode(seen)));
                Assert.Equal(turn, tokenizer.Decode(tokenizer.Encode(turn)));
                Assert.InRange(tokenizer.Encode(turn).Length, 3, 32);
                seen = episode.Step(turn);
            }

            Assert.Null(seen);
            Verdict verdict = episode.Judge()!;
            Assert.True(verdict.Correct && verdict.FormatOk);
            Assert.Equal((1.0, 1.0), (verdict.Score, verdict.Partial));
            Assert.True(Task.Verify(instance, new Response(episode.Answer!)).Correct);
            Assert.Equal(1, episode.Counters["gold-progress"]);
            Assert.Equal(1, episode.Counters["hops"]);
            Assert.Equal(1, episode.Counters["faithful"]);
            Assert.Equal(episode.Counters["expert-cost"], episode.Counters["tool-cost"]);
            Assert.Equal(episode.Counters["turns"], episode.TurnRewards.Count);
            Assert.Equal(1, episode.TurnRewards[^1]);
        }
    }

    [Theory]
    [InlineData("<search> it</search>", "<obs>")]
    [InlineData(" what <search> it</answer> it<search>was</search>", "<obs>")]
    [InlineData("<access>99999</access>", "<obs> no such id</obs>")]
    [InlineData("<access> it</access>", "<obs> invalid</obs>")]
    [InlineData("<search></search>", "<obs> invalid</obs>")]
    [InlineData("<search> xyz</search>", "<obs> invalid</obs>")]
    [InlineData("<search> it it it it it it it it it</search>", "<obs> invalid</obs>")]
    [InlineData("<judge> yes</judge>", "<obs> invalid</obs>")]
    [InlineData("<report> it</report>", "<obs> invalid</obs>")]
    [InlineData("<answer>;</answer>", "<obs> invalid</obs>")]
    [InlineData("", "<obs> invalid</obs>")]
    [InlineData("<", "<obs> invalid</obs>")]
    [InlineData("<search> it", "<obs> invalid</obs>")]
    public void Turns_are_answered_as_the_protocol_says(string turn, string observation)
    {
        IEpisode episode = Environment.Begin(Task.Generate(TaskSplit.Train, 0));
        Assert.StartsWith(observation, episode.Step(turn), StringComparison.Ordinal);
        Assert.Equal(observation == "<obs>" ? 0 : 1, episode.Counters["invalid"]);
    }

    [Fact]
    public void Right_turns_have_no_mistakes_and_an_episode_without_an_answer_ran_out_of_turns()
    {
        SearchEnvironment mistaken = new(new SearchEnvironmentOptions { ExpertNoise = 1, Recover = false });
        for (int i = 0; i < 20; i++)
        {
            TaskInstance instance = Task.Generate(TaskSplit.Train, i);
            IEpisode right = mistaken.Begin(instance), silent = mistaken.Begin(instance);
            foreach (string turn in mistaken.RightTurns(instance, Task.Demonstration(instance)))
            {
                right.Step(turn);
            }

            Assert.True(right.Judge()!.Correct);
            Assert.False(right.IsExhausted);
            while (silent.Step("<search> it</search>") is not null)
            {
                Assert.False(silent.IsExhausted);
            }

            Assert.True(silent.IsExhausted);
        }
    }

    [Fact]
    public void Mistakes_of_demonstrations_are_repaired_or_believed()
    {
        Assert.Equal(1, Share(0, true));
        Assert.InRange(Share(0.3, true), 0.7, 0.999);
        Assert.InRange(Share(0.3, false), 0.3, 0.8);

        static double Share(double noise, bool recover)
        {
            SearchEnvironment environment = new(new SearchEnvironmentOptions { ExpertNoise = noise, Recover = recover });
            return Enumerable.Range(0, 100).Average(i =>
            {
                TaskInstance instance = Task.Generate(TaskSplit.Train, i);
                IEpisode episode = environment.Begin(instance);
                foreach (string turn in environment.Demonstration(instance, ""))
                {
                    episode.Step(turn);
                }

                return episode.Judge()!.Correct ? 1.0 : 0;
            });
        }
    }

    [Fact]
    public void Scores_are_those_asked_for()
    {
        SearchWorldTask task = new(new SearchWorldOptions
        {
            World = new KnowledgeOptions { HomonymShare = 0.3 },
            Questions = new QuestionOptions { AmbiguousShare = 1 },
        });
        TaskInstance instance = Enumerable.Range(0, 100).Select(i => task.Generate(TaskSplit.Train, i)).First(each => ((SearchWorldMetadata)each.Metadata).Question.Answers.Count == 2);
        string first = instance.Answer.Split(';')[0];
        Assert.Equal((0.0, 1.0, 0.5), (Score(AnswerScore.ExactMatch, first), Score(AnswerScore.Contains, first), Score(AnswerScore.Recall, first)));
        Assert.Equal(1, Score(AnswerScore.TokenF1, first));
        Assert.Equal(1 - (0.4 / 3), Score(AnswerScore.AnswerF1, first), 1e-12);
        Assert.Equal(1, Score(AnswerScore.AnswerF1, instance.Answer), 1e-12);
        Assert.Equal(0.1, Score(AnswerScore.AnswerF1, " none"), 1e-12);
        Assert.Equal(0, Score(AnswerScore.AnswerF1, instance.Answer, looks: false));
        Assert.Equal(1, Score(AnswerScore.ExactMatch, instance.Answer, looks: false));
        Assert.Equal(0, Score(AnswerScore.ExactMatch, instance.Answer, malformed: true));

        double Score(AnswerScore score, string answer, bool looks = true, bool malformed = false)
        {
            IEpisode episode = new SearchEnvironment(new SearchEnvironmentOptions { Score = score, FormatGate = true }).Begin(instance);
            if (looks)
            {
                episode.Step("<search> river</search>");
            }

            if (malformed)
            {
                episode.Step("river");
            }

            Assert.Null(episode.Step($"<answer>{answer}</answer>"));
            return episode.Judge()!.Score;
        }
    }

    [Fact]
    public void Guesses_in_fresh_worlds_are_wrong_and_garbage_ends()
    {
        SuiteRandom random = new(1);
        SearchEnvironment closed = new(new SearchEnvironmentOptions { Rules = new SearchRules { ToolCalls = 0 } });
        SymbolTokenizer tokenizer = Tokenizer(closed);
        int right = 0;
        for (int i = 0; i < 1000; i++)
        {
            IEpisode episode = closed.Begin(Task.Generate(TaskSplit.Test, i % 50));
            int turns = 1;
            while (episode.Step(Garbage(random)) is { } observation)
            {
                Assert.NotEmpty(tokenizer.Encode(observation));
                Assert.InRange(++turns, 2, 6);
            }

            right += episode.Judge()!.Correct ? 1 : 0;
        }

        Assert.InRange(right, 0, 10);
    }

    [Fact]
    public void Splits_have_worlds_of_their_own_and_a_fixed_world_has_one_with_questions_of_their_own()
    {
        Assert.Equal(30, Worlds(Task).Distinct().Count());
        SearchWorldTask shared = new(new SearchWorldOptions { FixedWorld = true, Seed = 5 });
        Assert.Equal([5UL], Worlds(shared).Distinct());
        Assert.Empty(Keys(shared, TaskSplit.Train).Intersect(Keys(shared, TaskSplit.Test)));
        Assert.Equal(Task.Generate(TaskSplit.Train, 7), new SearchWorldTask(new SearchWorldOptions()).Generate(TaskSplit.Train, 7), (a, b) => (a.Key, a.Answer) == (b.Key, b.Answer));
        Assert.NotEqual(Task.Generate(TaskSplit.Train, 7).Key, Task.Generate(TaskSplit.Train, 1_000_007).Key);
        Assert.Equal(World(Task.Generate(TaskSplit.Train, 7)), World(Task.Generate(TaskSplit.Train, 1_000_007)));

        static ulong World(TaskInstance instance) => ((SearchWorldMetadata)instance.Metadata).World.Seed;
        static IEnumerable<ulong> Worlds(ITask task) => Enum.GetValues<TaskSplit>().SelectMany(split => Enumerable.Range(0, 10).Select(i => World(task.Generate(split, i))));
        static string[] Keys(ITask task, TaskSplit split) => [.. Enumerable.Range(0, 40).Select(i => task.Generate(split, i).Key)];
    }

    [Fact]
    public void A_copy_of_an_episode_and_one_that_was_told_the_same_turns_go_on_alike()
    {
        TaskInstance instance = Enumerable.Range(0, 100).Select(i => Task.Generate(TaskSplit.Train, i)).First(each => each.Difficulty == 3);
        IReadOnlyList<string> turns = Environment.Demonstration(instance, "");
        IEpisode one = Environment.Begin(instance), again = Environment.Begin(instance);
        Assert.Equal(one.Step(turns[0]), again.Step(turns[0]));
        IEpisode copy = one.Clone()!;
        Assert.NotNull(copy.Step("river"));
        Assert.Equal(0, one.Counters["invalid"]);
        Assert.Equal(one.Step(turns[1]), again.Step(turns[1]));
        Assert.Equal(one.Counters, again.Counters);
        Assert.False(one.IsExhausted);
        while (copy.Step("river") is not null)
        {
        }

        Assert.True(copy.IsExhausted);
    }

    [Fact]
    public void Problems_of_other_tasks_are_refused() =>
        Assert.Contains("'search-world' is the environment of task search-world", Assert.Throws<ArgumentException>(() => Environment.Begin(new AdditionTask(new AdditionOptions()).Generate(TaskSplit.Train, 0))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_run_learns_from_mistaken_demonstrations_and_writes_retrieval_metrics()
    {
        using TemporaryFolder folder = new();
        Recorder recorder = new();
        TinyRuns.Train(
            TinyRuns.Recipe(
                "objective: grpo\n  regularizers: []",
                supervised: "steps: 4",
                overrides:
                [
                    "task={ name: search-world, entities: 60, snippet-tokens: 12, results: 1 }", "environment={ name: search-world, expert-noise: 0.3, recover: false, turns: 4 }", "model.context=256",
                    "policy.response-tokens=64", "evaluation.every=0", "supervised.demonstration-noise=0",
                ]),
            folder.File("run"),
            observer: recorder);
        Assert.All(recorder.Policy, report =>
        {
            Assert.Equal(0, report["exactness/largest-mismatch"]);
            Assert.InRange(report["groups/dead-ends"], 0, 1);
            Assert.InRange(report["episode/gold-progress"], 0, 1);
        });
        Assert.All(recorder.Policy.Last().Rollouts!.Trajectories, trajectory => Assert.Equal(trajectory.Counters["turns"], trajectory.TurnRewards.Count));
    }

    private static string Garbage(SuiteRandom random)
    {
        IReadOnlyList<string> symbols = Environment.Symbols;
        string text = string.Concat(Enumerable.Range(0, random.Range(0, 12)).Select(_ => random.Pick(symbols)));
        return random.Int(3) == 0 ? $"<answer>{text}</answer>" : text;
    }

    private static SymbolTokenizer Tokenizer(IEnvironment environment)
    {
        string[] symbols = [.. Task.Symbols.Concat(environment.Symbols).Distinct()];
        return new SymbolTokenizer(string.Concat(symbols.Where(symbol => symbol.Length == 1)), [.. symbols.Where(symbol => symbol.Length > 1)]);
    }
}
