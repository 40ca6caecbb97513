using Proximal.Models.Generation;
using Proximal.Rollouts;
using Proximal.Tasks;
using Proximal.Tasks.Families;
using Proximal.Tensors.Random;

namespace Proximal.Tests.Rollouts;

public sealed class ReplayRolloutsTests
{
    private const int Prompts = 10;

    private static readonly DigitCompletionTask Task = new(new DigitCompletionOptions());

    [Fact]
    public void A_share_of_a_batch_comes_from_the_last_steps_and_each_group_at_most_once()
    {
        ReplayRollouts rollouts = New(new ReplayCollection { Share = 0.4, Window = 2, Until = 0 });
        Dictionary<TokenTree, int> born = [];
        for (int step = 0; step < 12; step++)
        {
            RolloutBatch batch = Generate(rollouts, step);
            TokenTree[] old = [.. batch.Trees.Where(born.ContainsKey)];

            Assert.Equal(Prompts, batch.Trees.Count);
            Assert.Equal(step == 0 ? 0 : 4, old.Length);
            Assert.Equal(old.Length, old.Distinct().Count());
            Assert.All(old, tree => Assert.InRange(step - born[tree], 1, 2));
            Assert.Equal(step == 0, ((IRollouts)rollouts).IsOnPolicy);
            foreach (TokenTree tree in batch.Trees)
            {
                born.TryAdd(tree, step);
            }
        }

        // Both of the last steps are drawn from.
        Assert.Equal(Prompts + (11 * 6), born.Count);
    }

    [Fact]
    public void From_the_given_step_on_everything_is_fresh_and_gone_through_once()
    {
        ReplayRollouts rollouts = New(new ReplayCollection { Share = 0.5, Until = 3 });
        for (int step = 0; step < 6; step++)
        {
            Generate(rollouts, step);

            Assert.Equal(step is 0 or >= 3, ((IRollouts)rollouts).IsOnPolicy);
            Assert.Equal(step < 3 ? 2 : 1, rollouts.Passes(step, 2));
        }

        Dictionary<string, double[]> state = [];
        rollouts.Save(state);
        Assert.Empty(state);
    }

    [Fact]
    public void A_saved_buffer_replays_the_same_groups_with_all_that_is_known_of_them()
    {
        ReplayCollection settings = new() { Share = 0.5, Window = 2, Until = 0 };
        ReplayRollouts whole = New(settings), resumed = New(settings);
        Generate(whole, 0);
        Generate(whole, 1);
        Dictionary<string, double[]> state = [];
        whole.Save(state);
        resumed.Load(state);

        RolloutBatch expected = Generate(whole, 2), actual = Generate(resumed, 2);
        Assert.Equal(expected.Paths.Tokens.ToArray(), actual.Paths.Tokens.ToArray());
        Assert.Equal(expected.Paths.Behaviour.ToArray(), actual.Paths.Behaviour.ToArray());
        Assert.Equal(expected.Paths.Rewards.ToArray(), actual.Paths.Rewards.ToArray());
        foreach ((Trajectory one, Trajectory other) in expected.Trajectories.Zip(actual.Trajectories))
        {
            Assert.Equal(one.Instance.Key, other.Instance.Key);
            Assert.Equal(one.Response, other.Response);
            Assert.Equal(one.Verdict, other.Verdict);
            Assert.Equal(one.Rewards, other.Rewards);
            Assert.Equal(one.Counters, other.Counters);
            Assert.Equal(one.TurnRewards, other.TurnRewards);
            Assert.Equal((one.End, one.ResponseTokens, one.ResponseBudget, one.TotalReward), (other.End, other.ResponseTokens, other.ResponseBudget, other.TotalReward));
        }
    }

    [Fact]
    public void A_damaged_buffer_is_refused_whatever_number_is_wrong()
    {
        ReplayRollouts rollouts = New(new ReplayCollection());
        Generate(rollouts, 0);
        Dictionary<string, double[]> state = [];
        rollouts.Save(state);
        double[] numbers = state["past-0"];
        for (int at = 0; at < 60; at++)
        {
            foreach (double wrong in new[] { -7, 0.5, 1e300, double.NaN })
            {
                double[] damaged = [.. numbers];
                damaged[at] = wrong;

                // Log-probabilities may be any number; everything else is told apart or refused, and nothing large is allocated.
                Exception? exception = Record.Exception(() => New(new ReplayCollection()).Load(new Dictionary<string, double[]> { ["past-0"] = damaged }));
                Assert.True(exception is null or InvalidDataException or ArgumentOutOfRangeException, exception?.ToString());
            }
        }

        Assert.Throws<InvalidDataException>(() => New(new ReplayCollection()).Load(new Dictionary<string, double[]> { ["past-0"] = numbers[..^3] }));
    }

    private static RolloutBatch Generate(ReplayRollouts rollouts, int step) => rollouts.Generate(
        [.. Enumerable.Range(0, Prompts).Select(i => Task.Generate(TaskSplit.Train, (Prompts * step) + i))],
        new RolloutRequest(2, 5, RandomPurpose.Sampling, step));

    private static ReplayRollouts New(ReplayCollection settings) => new(new Fresh(), Task, settings, responseBudget: 8);

    private sealed class Fresh : IRollouts
    {
        public RolloutBatch Generate(IReadOnlyList<TaskInstance> instances, RolloutRequest request)
        {
            List<TokenTree> trees = [];
            List<Trajectory> trajectories = [];
            for (int prompt = 0; prompt < instances.Count; prompt++)
            {
                TokenTree tree = new([1, 2 + prompt]);
                RandomStream random = new(request.Seed, request.Purpose, request.Step, prompt);
                for (int rollout = 0; rollout < request.RolloutsPerPrompt; rollout++)
                {
                    TokenSegment leaf = tree.Branch(0, SegmentOrigin.Policy);
                    for (int t = 0; t < 3; t++)
                    {
                        leaf.Append(random.Integer((10 * rollout) + t, 9), -(float)random.Uniform((10 * rollout) + t), 0.5f);
                    }

                    leaf.End = EndReason.Finished;
                    Trajectory trajectory = new()
                    {
                        Instance = instances[prompt],
                        Tree = tree,
                        Leaf = leaf.Index,
                        Response = $"{rollout},é",
                        ResponseTokens = 3,
                        ResponseBudget = 8,
                        End = EndReason.Finished,
                        Verdict = rollout == 0 ? Verdict.Of(true, 0.25, "4") : Verdict.Unreadable("no answer"),
                        Counters = new Dictionary<string, double> { ["turns"] = rollout + 0.5 },
                        TurnRewards = [0.25, rollout],
                    };
                    trajectory.AddReward("score", rollout, 2);
                    trajectory.AddReward("format", 1, 0.1f);
                    trajectories.Add(trajectory);
                }

                trees.Add(tree);
            }

            return new RolloutBatch(trees, trajectories, 8);
        }
    }
}
