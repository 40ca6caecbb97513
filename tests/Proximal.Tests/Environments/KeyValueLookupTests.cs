using Proximal.Environments;
using Proximal.Models.Generation;
using Proximal.Recipes;
using Proximal.Rollouts;
using Proximal.Runs;
using Proximal.Tasks;
using Proximal.Tasks.Families;
using Proximal.Tests.Training;
using Proximal.Training;

namespace Proximal.Tests.Environments;

public sealed class KeyValueLookupTests
{
    private static readonly KeyValueLookup Lookup = new(new KeyValueLookupOptions());

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_demonstration_looks_up_and_answers(int hops)
    {
        KeyValueTask task = new(new KeyValueOptions { Difficulty = hops });
        for (int i = 0; i < 20; i++)
        {
            TaskInstance instance = task.Generate(TaskSplit.Train, i);
            IReadOnlyList<string> turns = Lookup.Demonstration(instance, task.Demonstration(instance));
            Assert.Equal(hops + 1, turns.Count);
            IEpisode episode = Lookup.Begin(instance);
            string? seen = null;
            foreach (string turn in turns)
            {
                Assert.True(seen is null || turn.Contains(seen[3..^4], StringComparison.Ordinal), $"{turn} after {seen}");
                seen = episode.Step(turn);
            }

            Assert.Null(seen);
            Assert.True(task.Verify(instance, new Response(episode.Answer!)).Correct);
            Assert.Equal(hops, episode.Counters["lookups"]);
            Assert.Equal(0, episode.Counters["misses"]);
        }
    }

    [Theory]
    [InlineData("<s>gz", null)]
    [InlineData("b7", null)]
    [InlineData("</s>", null)]
    [InlineData("<s>hb7</s>", "<i>none</i>")]
    [InlineData("<s></s>", "<i>none</i>")]
    [InlineData("<s>gb77</s>", "<i>none</i>")]
    public void What_is_no_entry_is_none_and_what_is_no_query_ends_the_episode(string turn, string? observation)
    {
        IEpisode episode = Lookup.Begin(Instance());
        Assert.Equal(observation, episode.Step(turn));
        Assert.Equal("", episode.Answer);
    }

    [Fact]
    public void Four_turns_are_all()
    {
        IEpisode episode = Lookup.Begin(Instance());
        Assert.NotNull(episode.Step("<s>ga1</s>"));
        Assert.Equal("<i>none</i>", episode.StepCut("<s>ga1ga1"));
        Assert.NotNull(episode.Step("<s>ga1</s>"));
        Assert.Null(episode.Step("<s>ga1</s>"));
        Assert.Equal("", episode.Answer);
        Assert.Equal(3, episode.Counters["lookups"]);
    }

    [Fact]
    public void Every_problem_has_tables_of_its_own_unless_all_share_them()
    {
        KeyValueTask own = new(new KeyValueOptions()), shared = new(new KeyValueOptions { OneWorld = true });
        Assert.Equal(20, Worlds(own).Distinct().Count());
        Assert.Equal([42], Worlds(shared).Distinct());
        Assert.Equal("1 2", string.Join(' ', Hops(new KeyValueTask(new KeyValueOptions { Difficulty = 2, Mixed = true })).Distinct().Order()));

        static IEnumerable<int> Worlds(KeyValueTask task) => Enumerable.Range(0, 20).Select(i => ((KeyValueMetadata)task.Generate(TaskSplit.Test, i).Metadata).World);
        static IEnumerable<int> Hops(KeyValueTask task) => Enumerable.Range(0, 20).Select(i => ((KeyValueMetadata)task.Generate(TaskSplit.Test, i).Metadata).Tables.Length);
    }

    [Fact]
    public void Counters_of_episodes_become_metrics_and_observations_are_not_trained()
    {
        using TemporaryFolder folder = new();
        Recorder recorder = new();
        TinyRuns.Train(
            TinyRuns.Recipe(
                "objective: grpo\n  regularizers: []",
                supervised: "steps: 40",
                overrides: ["task={ name: kv-tool, difficulty: 2, keys: 10 }", "environment=kv-lookup", "model.context=64", "policy.response-tokens=32", "evaluation.every=0", "supervised.demonstration-noise=0"]),
            folder.File("run"),
            observer: recorder);
        RolloutBatch batch = recorder.Policy.Last().Rollouts!;
        Assert.True(recorder.Policy.Max(report => report["episode/lookups"]) > 0);
        Assert.All(recorder.Policy, report => Assert.Equal(0, report["exactness/largest-mismatch"]));
        for (int p = 0; p < batch.Trajectories.Count; p++)
        {
            List<int> path = [];
            batch.Trajectories[p].Tree.WritePath(batch.Trajectories[p].Leaf, path);
            TokenSegment[] segments = [.. path.Select(segment => batch.Trajectories[p].Tree.Segments[segment])];
            Assert.Equal(segments.Where(s => s.Origin == SegmentOrigin.Policy).Sum(s => s.Tokens.Length), batch.Paths.Mask[batch.Paths.Path(p)].ToArray().Sum());
        }
    }

    [Fact]
    public void Evaluations_show_what_episodes_counted_and_what_follows_from_it()
    {
        using TemporaryFolder folder = new();
        TrainingOutcome outcome = TinyRuns.Train(
            TinyRuns.Recipe(
                "objective: grpo",
                supervised: "steps: 2",
                overrides: ["task={ name: kv-tool, difficulty: 1, keys: 10 }", "environment=kv-lookup", "model.context=64", "policy.response-tokens=32", "evaluation.every=0", "policy.steps=1"]),
            folder.File("run"));

        Assert.All(outcome.Evaluations, evaluation =>
        {
            Assert.True(evaluation.Counters["misses"] <= evaluation.Counters["lookups"]);
            if (evaluation.Counters["lookups"] > 0)
            {
                Assert.Equal(evaluation.Counters["misses"] / evaluation.Counters["lookups"], evaluation.Counters["miss-rate"], 1e-12);
            }

            Assert.Equal(evaluation.Exact > 0, evaluation.Counters.ContainsKey("lookups-per-right-answer"));
        });
        Assert.Contains("\"evaluation/episode/lookups\"", File.ReadAllText(new RunFolder(folder.File("run")).Metrics), StringComparison.Ordinal);

        // What a checkpoint holds is what was measured.
        using TrainingSession session = new(Recipe.Load(new RunFolder(folder.File("run")).Recipe), folder.File("run"));
        Assert.Equal(outcome.Evaluations[^1].Counters, session.Run().Evaluations[^1].Counters);
    }

    private static TaskInstance Instance() => new KeyValueTask(new KeyValueOptions()).Generate(TaskSplit.Train, 0);
}
