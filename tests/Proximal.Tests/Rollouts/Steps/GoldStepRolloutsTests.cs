using Proximal.Advantages;
using Proximal.Environments;
using Proximal.Models.Generation;
using Proximal.Rollouts;
using Proximal.Tasks;
using Proximal.Tests.Training;
using Proximal.Training;

namespace Proximal.Tests.Rollouts.Steps;

public sealed class GoldStepRolloutsTests
{
    [Fact]
    public void With_one_step_it_is_plain_grpo_to_the_bit()
    {
        using TemporaryFolder folder = new();
        const string Rest = "\n  advantage: { name: grpo, normalization: population-deviation }\n  regularizers: [ { name: kl } ]\n  aggregation: token-mean";
        TinyRuns.Train(TinyRuns.Recipe("objective: grpo" + Rest), folder.File("plain"));
        TinyRuns.Train(TinyRuns.Recipe("objective: r1router"), folder.File("one step"));

        Assert.Equal(TinyRuns.Weights(folder.File("plain")), TinyRuns.Weights(folder.File("one step")));
        Assert.Equal(File.ReadAllText(Path.Combine(folder.File("plain"), "samples.jsonl")), File.ReadAllText(Path.Combine(folder.File("one step"), "samples.jsonl")));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_group_is_one_turn_from_one_state_of_a_right_episode(bool everyStep)
    {
        using TemporaryFolder folder = new();
        Recorder recorder = Train(folder.File("run"), $"objective: r1router\n  collection: {{ name: gold-steps, every-step: {(everyStep ? "true" : "false")} }}", new Three());
        HashSet<int> states = [];
        foreach (StepReport report in recorder.Policy)
        {
            RolloutBatch batch = report.Rollouts!;
            Assert.Equal(everyStep ? 4 * 3 : 4, batch.Trees.Count);
            foreach (TokenTree tree in batch.Trees)
            {
                TokenSegment[] history = [.. tree.Segments.Where(segment => segment.Origin != SegmentOrigin.Policy)];
                int taken = history.Count(segment => segment.Origin == SegmentOrigin.Teacher);
                states.Add(taken);
                Assert.Equal(1 + (2 * taken), history.Length);
                TokenSegment[] steps = [.. tree.Segments.Where(segment => segment.Origin == SegmentOrigin.Policy)];
                Assert.Equal(3, steps.Length);
                Assert.Single(steps.Select(segment => segment.Parent).Distinct());
                Assert.Equal(history[^1].Index, steps[0].Parent);
                Assert.All(batch.Trajectories.Where(trajectory => ReferenceEquals(trajectory.Tree, tree)), trajectory => Assert.Equal(Three.Worth(taken, trajectory.Response), trajectory.TotalReward, 1e-6));
            }

            Assert.All(report.Rollouts!.Trajectories, trajectory => Assert.Equal(trajectory.ResponseTokens, trajectory.Tree.Segments[trajectory.Leaf].Tokens.Length));
            Assert.Equal(0, report["exactness/largest-mismatch"]);
        }

        Assert.Equal([0, 1, 2], states.Order());
    }

    [Fact]
    public void Any_number_of_workers_gives_the_same_bits()
    {
        using TemporaryFolder folder = new();
        Train(folder.File("one"), "objective: r1router", new Three(), workers: 1);
        Train(folder.File("two"), "objective: r1router", new Three(), workers: 2);

        TinyRuns.AssertSame(folder.File("one"), folder.File("two"));
    }

    [Fact]
    public void Several_turns_without_rewards_of_their_own_are_refused()
    {
        using TemporaryFolder folder = new();
        InvalidDataException exception = Assert.Throws<InvalidDataException>(() => Train(folder.File("run"), "objective: r1router", new Three { IsSilent = true }));

        Assert.StartsWith("policy.collection is 'gold-steps'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rewards_of_a_state_are_standardized_among_themselves()
    {
        PathBatch batch = Batches.WithGroups([0.9f, 0.4f, 0.4f, 0.9f], [0.1f, 0.2f, 0.7f]);
        Compute(batch);
        float[] expected = batch.Advantage.ToArray();

        Assert.All(((float[])[1, -1, -1, 1]).Zip(expected), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));

        // Whatever stands beside it, and in whatever order, a group has the same advantages.
        PathBatch permuted = Batches.WithGroups([0.7f, 0.1f, 0.2f], [0.9f, 0.9f, 0.4f, 0.4f]);
        Compute(permuted);
        Assert.Equal([expected[6], expected[4], expected[5], expected[0], expected[3], expected[1], expected[2]], permuted.Advantage.ToArray());

        static void Compute(PathBatch batch) => new GroupRelativeAdvantage(new GroupRelativeOptions { Normalization = GroupNormalization.PopulationDeviation }).Compute(batch);
    }

    private static Recorder Train(string folder, string policy, IEnvironment environment, int workers = 1)
    {
        Recorder recorder = new();
        TinyRuns.Train(
            TinyRuns.Recipe(policy, workers, overrides: ["policy.updates=1", "policy.epochs=1", "evaluation.every=0", "policy.steps=6"]), folder, o => o.Environment = environment, recorder);
        return recorder;
    }

    /// <summary>Three turns, each worth what its length and place say.</summary>
    private sealed class Three : IEnvironment
    {
        public bool IsSilent { get; init; }

        public int TurnTokens => 4;

        public static double Worth(int turn, string action) => action.Length % 2 == 0 ? 0.25 * (turn + 1) : 0;

        public IEpisode Begin(TaskInstance instance) => new Episode(IsSilent);

        public IReadOnlyList<string> Demonstration(TaskInstance instance, string answer) => ["1", "22", answer];

        private sealed class Episode(bool isSilent) : IEpisode
        {
            private readonly List<double> worth = [];
            private int turns;

            public string? Answer { get; private set; } = "";

            public IReadOnlyList<double> TurnRewards => isSilent ? [] : worth;

            public string? Step(string action)
            {
                Answer = action;
                worth.Add(Worth(turns++, action));
                return turns < 3 ? "," : null;
            }

            public string? StepCut(string action) => Step(action);
        }
    }
}
