using Proximal.Environments;
using Proximal.Models.Generation;
using Proximal.Recipes;
using Proximal.Rollouts;
using Proximal.Rollouts.Probes;
using Proximal.Tasks;
using Proximal.Tests.Training;
using Proximal.Training;

namespace Proximal.Tests.Rollouts.Probes;

public sealed class RexRagRolloutsTests
{
    private const string Collection = "collection: { name: rexrag, pool: [ '<hm>', '<hm><s>', '<hm>12' ], probability: 1, kappa-max: 0.3, rate: 1 }";

    [Theory]
    [InlineData("kappa-max: 0")]
    [InlineData("kappa-max: 0.08, rate: 1, probability: 1")]
    public void Without_clones_that_are_kept_it_is_plain_collection_to_the_bit(string options)
    {
        // Twelve rollouts a step: eight hundredths of them are no clone.
        using TemporaryFolder folder = new();
        const string Penalty = "\n  regularizers: [ { name: kl, coefficient: 0.001 } ]";
        TinyRuns.Train(TinyRuns.Recipe("objective: grpo" + Penalty), folder.File("plain"));
        TinyRuns.Train(TinyRuns.Recipe($"objective: rexrag\n  collection: {{ name: rexrag, pool: [ '1', '12' ], {options} }}"), folder.File("probes"));

        Assert.Equal(TinyRuns.Weights(folder.File("plain")), TinyRuns.Weights(folder.File("probes")));
    }

    [Fact]
    public void A_clone_shares_the_path_to_the_cut_goes_on_from_a_probe_and_is_trained_on_the_bits_of_its_generation()
    {
        using TemporaryFolder folder = new();
        Recorder recorder = TrainGuesses(folder, "");
        RolloutBatch[] batches = [.. recorder.Policy.Select(report => report.Rollouts!)];
        Trajectory[] clones = [.. batches.SelectMany(batch => batch.Trajectories).Where(IsClone)];

        Assert.NotEmpty(clones);
        Assert.All(recorder.Policy, report => Assert.Equal(0, report["exactness/largest-mismatch"]));
        Assert.All(clones, clone => Assert.StartsWith("<hm>", clone.Inserted, StringComparison.Ordinal));
        Assert.All(clones, clone => Assert.Contains(clone.Inserted, clone.Response, StringComparison.Ordinal));
        foreach (RolloutBatch batch in batches)
        {
            foreach (Trajectory clone in batch.Trajectories.Where(IsClone))
            {
                TokenSegment[] path = Path(clone);
                TokenSegment probe = Assert.Single(path, segment => segment.Origin == SegmentOrigin.Probe);
                Assert.Equal(SegmentOrigin.Policy, path[Array.IndexOf(path, probe) + 1].Origin);

                // Some rollout of the policy itself, which ended wrong, went on from the same place.
                Assert.Contains(batch.Trajectories, other => ReferenceEquals(other.Tree, clone.Tree) && !IsClone(other) && !other.Verdict.Correct && Path(other).Any(segment => segment.Parent == probe.Parent));
                Assert.All(probe.LogProbs.ToArray(), logProb => Assert.True(logProb < 0));
                Assert.Equal(path.Where(segment => segment.Origin.IsTrained()).Sum(segment => segment.Tokens.Length), clone.ResponseTokens);
                Assert.InRange(clone.ResponseTokens, 1, clone.ResponseBudget);
                Assert.InRange(path.Count(segment => segment.Origin == SegmentOrigin.Policy), 1, 4);
            }
        }

        // Clones that were not kept have left the trees.
        List<int> leaves = [];
        Assert.All(batches.SelectMany(batch => batch.Trees), tree => tree.WriteLeaves(leaves));
        Assert.All(batches, batch => Assert.Equal(batch.Trajectories.Count, batch.Trees.Sum(tree => tree.WriteLeaves(leaves))));
        Assert.Contains(recorder.Policy, report => report["probes/tried"] > report["probes/kept"]);
    }

    [Fact]
    public void Ratios_go_against_the_mixture_of_policy_and_pool()
    {
        using TemporaryFolder folder = new();
        Recorder recorder = TrainGuesses(folder, "");
        int seen = 0;
        foreach (StepReport report in recorder.Policy)
        {
            PathBatch paths = report.Rollouts!.Paths;
            int clones = report.Rollouts.Trajectories.Count(IsClone), originals = paths.PathCount - clones;
            Trajectory[] own = [.. report.Rollouts.Trajectories.Where(trajectory => !IsClone(trajectory))];
            double alpha = (double)clones / paths.PathCount, failure = own.Average(trajectory => trajectory.Verdict.Correct ? 0.0 : 1.0);
            Assert.Equal(alpha, report["probes/alpha"], 1e-12);
            Assert.Equal(12, originals);
            for (int path = 0; path < paths.PathCount; path++)
            {
                Range range = paths.Path(path);
                float[] old = paths.Old[range].ToArray(), policy = paths.Current[range].ToArray(), mask = paths.Mask[range].ToArray(), inserted = paths.Inserted[range].ToArray();
                int probe = Array.IndexOf(inserted, 1f), last = Array.LastIndexOf(inserted, 1f), before = probe < 0 ? 0 : (int)mask[..probe].Sum();
                for (int t = 0; t < old.Length; t++)
                {
                    double p = Math.Exp(policy[t]);
                    double mu = probe < 0 ? 0 : t < probe ? p * Math.Pow(failure, -1.0 / before) : t > last ? p : Density(paths.Tokens[range].ToArray(), probe, t, last);
                    double expected = mask[t] == 0 ? 1 : ((1 - alpha) * p) + (alpha * mu);
                    Assert.Equal(1, mask[t] == 0 ? 1 : Math.Exp(old[t]) / expected, 1e-5);
                    seen += (int)inserted[t];
                }

                Assert.Equal(old, paths.Behaviour[range].ToArray());
            }
        }

        Assert.True(seen > 0);

        // '<hm>' opens all three; '<s>' and '1' follow one each, and one ends; '2' always follows '1'.
        static double Density(int[] tokens, int probe, int t, int last) => t == probe ? 1 : t == probe + 1 ? 1.0 / 3 : 1;
    }

    [Fact]
    public void Without_correction_ratios_go_against_the_policy_alone()
    {
        using TemporaryFolder folder = new();
        Recorder recorder = TrainGuesses(folder, ", correction: false");

        Assert.Contains(recorder.Policy, report => report["probes/kept"] > 0);
        Assert.All(recorder.Policy, report => Assert.Equal((1, 1), (report["ratio/smallest"], report["ratio/largest"])));
        Assert.All(recorder.Policy, report => Assert.Equal(report.Rollouts!.Paths.Behaviour.ToArray(), report.Rollouts.Paths.Old.ToArray()));
    }

    [Fact]
    public void The_share_of_clones_follows_their_success_and_the_least_strange_are_kept()
    {
        using TemporaryFolder folder = new();
        Recorder recorder = TrainGuesses(folder, "");
        double success = 0;
        foreach (StepReport report in recorder.Policy)
        {
            double kappa = Math.Min(0.3, success);
            Assert.Equal(kappa, report["probes/kappa"], 1e-12);
            Assert.Equal(Math.Min(report["probes/tried"], Math.Floor(12 * kappa)), report["probes/kept"]);
            success = report["probes/tried"] > 0 ? report["probes/success"] : success;
        }
    }

    [Fact]
    public void An_episode_that_used_up_its_turns_is_not_gone_back_in()
    {
        using TemporaryFolder folder = new();
        Recorder recorder = new();
        TinyRuns.Train(
            TinyRuns.Recipe("objective: rexrag\n  collection: { name: rexrag, pool: [ '1' ], probability: 1, kappa-max: 1, rate: 1 }"),
            folder.File("run"),
            o => o.Environment = new OneTurn(),
            recorder);

        Assert.All(recorder.Policy, report => Assert.Equal(0, report["probes/tried"]));
        Assert.All(recorder.Policy, report => Assert.True(report["probes/failure"] > 0));
    }

    [Fact]
    public void An_environment_that_does_not_answer_the_same_again_is_refused()
    {
        using TemporaryFolder folder = new();
        InvalidDataException exception = Assert.Throws<InvalidDataException>(() => TinyRuns.Train(
            TinyRuns.Recipe("objective: rexrag\n  collection: { name: rexrag, pool: [ '1' ] }"), folder.File("run"), o => o.Environment = new OneTurn { IsReplayable = false }));

        Assert.StartsWith("policy.collection is 'rexrag'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_pool_of_the_paper_has_thirty_sentences_that_open_a_thought()
    {
        RexRagCollection settings = new();

        Assert.Equal(30, settings.Pool.Distinct().Count());
        Assert.All(settings.Pool, sentence => Assert.StartsWith("<think>", sentence, StringComparison.Ordinal));
        Assert.Contains("<think>", settings.Symbols);
        Assert.Equal(["<a>", "b", " ", "<", " ", "c", ">"], ProbePool.Symbols("<a>b < c>"));
    }

    private static Recorder TrainGuesses(TemporaryFolder folder, string options)
    {
        Recorder recorder = new();
        TinyRuns.Train(
            TinyRuns.Recipe(
                "objective: rexrag\n  " + Collection.Replace(" }", options + " }", StringComparison.Ordinal),
                overrides: ["policy.response-tokens=24", "policy.updates=1", "policy.epochs=1", "evaluation.every=0", "policy.steps=12"]),
            folder.File("run"),
            o => o.Environment = new Guesses(),
            recorder);
        return recorder;
    }

    private static bool IsClone(Trajectory trajectory) => Path(trajectory).Any(segment => segment.Origin == SegmentOrigin.Probe);

    private static TokenSegment[] Path(Trajectory trajectory)
    {
        List<int> path = [];
        trajectory.Tree.WritePath(trajectory.Leaf, path);
        return [.. path.Select(segment => trajectory.Tree.Segments[segment])];
    }

    /// <summary>Up to three turns, of which an even one goes on; the text of the last decides by its characters.</summary>
    private sealed class Guesses : IEnvironment
    {
        public int TurnTokens => 5;

        public IEpisode Begin(TaskInstance instance) => new Episode();

        private sealed class Episode : IEpisode
        {
            private int turns;
            private string last = "";

            public bool IsExhausted => turns >= 3;

            public string? Step(string action)
            {
                last = action;
                return ++turns < 3 && action.Length % 2 == 0 ? $"{turns}," : null;
            }

            public string? StepCut(string action) => Step(action) ?? (IsExhausted ? null : "0,");

            public Verdict Judge() => Verdict.Of(last.Sum(c => c) % 4 == 0, last);
        }
    }

    private sealed class OneTurn : IEnvironment
    {
        public bool IsReplayable { get; init; } = true;

        public IEpisode Begin(TaskInstance instance) => new Over();

        private sealed class Over : IEpisode
        {
            public bool IsExhausted => true;

            public string? Step(string action) => null;
        }
    }
}
