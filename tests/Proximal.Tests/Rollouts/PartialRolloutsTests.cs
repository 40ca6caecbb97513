using Proximal.Advantages;
using Proximal.Models.Generation;
using Proximal.Recipes;
using Proximal.Rollouts;
using Proximal.Runs;
using Proximal.Tests.Training;
using Proximal.Training;

namespace Proximal.Tests.Rollouts;

public sealed class PartialRolloutsTests
{
    private const string Windows = "objective: t-ppo\n  rollouts: 1\n  collection: { name: partial, window: 2, critic-batch: 3 }";

    [Theory]
    [InlineData(true, 0.39f, 0.2f, 0f)]
    [InlineData(false, -0.1515f, -0.37f, -0.6f)]
    public void A_cut_takes_the_value_of_the_last_state_and_an_end_takes_none(bool isCut, params float[] expected)
    {
        float[] advantages = new float[3], returns = new float[3];
        GeneralizedAdvantage.Compute([0, 0, 0], [0.2f, 0.4f, 0.6f], [1, 1, 1], 1, 0.95, advantages, returns, isCut);

        for (int t = 0; t < 3; t++)
        {
            Assert.Equal(expected[t], advantages[t], 1e-6f);
        }
    }

    [Fact]
    public void A_constant_value_without_reward_gives_no_advantage_to_an_unfinished_response()
    {
        float[] advantages = new float[5], returns = new float[5];
        GeneralizedAdvantage.Compute(new float[5], [7, 0.3f, 0.3f, 9, 0.3f], [0, 1, 1, 0, 1], 1, 0.95, advantages, returns, isCut: true);

        Assert.All(advantages, advantage => Assert.Equal(0, advantage, 1e-7f));
    }

    [Fact]
    public void Every_token_is_trained_once_and_every_finished_sequence_teaches_the_critic_once()
    {
        (StepReport[] steps, _) = Train(Windows);
        Dictionary<TokenTree, int> trained = [];
        HashSet<TokenTree> finished = [];
        foreach (StepReport step in steps)
        {
            RolloutBatch batch = step.Rollouts!;
            Assert.Equal(4, batch.Trees.Count);
            for (int path = 0; path < 4; path++)
            {
                Trajectory trajectory = batch.Trajectories[path];
                ReadOnlySpan<float> mask = batch.Paths.Mask[batch.Paths.Path(path)];
                int window = trajectory.Tree.Segments[trajectory.Leaf].Tokens.Length;

                Assert.InRange(window, 1, 2);
                Assert.Equal(window, Count(mask));
                Assert.Equal(window, Count(mask[^window..]));
                Assert.Equal(trajectory.End == EndReason.Open, batch.Paths.Unfinished[path] != 0);
                Assert.Equal(trajectory.End == EndReason.Open ? 0 : trajectory.TotalReward, batch.Paths.Rewards[path]);
                trained[trajectory.Tree] = trained.GetValueOrDefault(trajectory.Tree) + window;
                if (trajectory.End != EndReason.Open)
                {
                    Assert.True(finished.Add(trajectory.Tree));
                    Assert.Equal(trajectory.ResponseTokens, trained[trajectory.Tree]);
                }
            }
        }

        Assert.InRange(finished.Count, 3, 200);
        Assert.True(steps.Length > 10);
        Assert.All(steps, step => Assert.Equal(0, step["exactness/largest-mismatch"]));

        // Whoever has finished has taught the critic, or waits for it.
        double taught = 0, waiting = 0;
        foreach (StepReport step in steps)
        {
            double ends = step.Rollouts!.Trajectories.Count(trajectory => trajectory.End != EndReason.Open);
            taught += waiting + ends - step["critic/waiting"];
            waiting = step["critic/waiting"];
            Assert.True(double.IsNaN(step["critic/loss"]) || waiting == 0);
            Assert.InRange(waiting, 0, 2);
        }

        Assert.Equal(finished.Count, taught + waiting);
    }

    [Fact]
    public void A_window_as_long_as_a_response_is_ordinary_ppo_rollouts()
    {
        (StepReport[] windows, _) = Train(Windows.Replace("window: 2", "window: 8", StringComparison.Ordinal));

        Assert.All(windows.SelectMany(step => step.Rollouts!.Trajectories), trajectory => Assert.NotEqual(EndReason.Open, trajectory.End));
        Assert.All(windows, step => Assert.Equal(-1, step.Rollouts!.Paths.Unfinished.IndexOfAnyExcept(0f)));
    }

    [Theory]
    [InlineData("objective: t-ppo\n  collection: { name: partial }", "policy.rollouts is 3, expected 1")]
    [InlineData("objective: campo-miromind\n  collection: { name: staged, limits: [ 4, 90 ] }", "policy.collection.limits ends with 90, expected at most policy.response-tokens (8)")]
    public void What_cannot_be_is_refused_in_a_sentence(string policy, string expected)
    {
        using TemporaryFolder folder = new();

        InvalidDataException exception = Assert.Throws<InvalidDataException>(() => TinyRuns.Train(TinyRuns.Recipe(policy), folder.Path));
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
    }

    private static int Count(ReadOnlySpan<float> mask) => mask.Length - System.MemoryExtensions.Count(mask, 0f);

    private static (StepReport[] Steps, TrainingOutcome Outcome) Train(string policy)
    {
        using TemporaryFolder folder = new();
        Recorder recorder = new();
        TrainingOutcome outcome = TinyRuns.Train(TinyRuns.Recipe(policy, overrides: "policy.steps=16"), folder.Path, observer: recorder);
        return ([.. recorder.Steps.Where(step => step.Stage == TrainingStage.Policy)], outcome);
    }
}
