using Proximal.Models.Configuration;
using Proximal.Models.Generation;
using Proximal.Models.Llama;
using Proximal.Recipes;
using Proximal.Rewards;
using Proximal.Rollouts;
using Proximal.Runs;
using Proximal.Tasks;
using Proximal.Tensors;
using Proximal.Tensors.Optimizers;
using Proximal.Tensors.Safetensors;
using Proximal.Training;

namespace Proximal.Tests.Training;

/// <summary>A reward that is learned from preferences inside the run.</summary>
public sealed class RewardModelTests
{
    private const string Policy = "objective: ppo\n  rewards: [ { name: reward-model, pairs: 10, steps: 3, batch: 4, weight: 2 }, { name: score, weight: 0 } ]\n  critic: { initialization: reward-model }";

    [Fact]
    public void A_run_with_a_reward_model_resumes_to_the_same_bits()
    {
        using TemporaryFolder folder = new();
        Recipe recipe = TinyRuns.Recipe(Policy);
        Recorder whole = new();
        TinyRuns.Train(recipe, folder.File("whole"), observer: whole);
        Assert.Equal([TrainingStage.Supervised, TrainingStage.Preferences, TrainingStage.Policy], whole.Steps.Select(step => step.Stage).Distinct());
        Assert.Contains(whole.Policy, step => step["reward/term/reward-model"] != 0 && step["reward/term/reward-model"] != step["reward/term/score"]);

        bool finished = false;
        while (!finished)
        {
            using CancellationTokenSource stop = new();
            using TrainingSession session = new(recipe, folder.File("stopped"), new Recorder(_ => stop.Cancel()));
            finished = session.Run(stop.Token).Finished;
        }

        TinyRuns.AssertSame(folder.File("whole"), folder.File("stopped"));
        TinyRuns.Train(TinyRuns.Recipe(Policy, workers: 3), folder.File("three"), o => o.MicrobatchTokens = 20);
        TinyRuns.AssertSame(folder.File("whole"), folder.File("three"));
    }

    [Fact]
    public void The_critic_starts_as_the_reward_model()
    {
        using TemporaryFolder folder = new();
        Recipe recipe = TinyRuns.Recipe(Policy, overrides: "policy.critic.learning-rate=0");
        using (CancellationTokenSource stop = new())
        using (TrainingSession session = new(recipe, folder.Path, new Recorder(step => Stop(step, stop))))
        {
            session.Run(stop.Token);
        }

        string checkpoint = Path.Combine(folder.Path, "checkpoints", "3-policy-0000002");
        using SafetensorsFile critic = SafetensorsFile.Open(Path.Combine(checkpoint, "critic.safetensors")), model = SafetensorsFile.Open(Path.Combine(checkpoint, "reward-model.safetensors"));
        Assert.Equal(model.ReadSingles("score_head.weight"), critic.ReadSingles("value_head.weight"));
        Assert.Equal(model.ReadSingles("model.norm.weight"), critic.ReadSingles("model.norm.weight"));

        static void Stop(StepReport step, CancellationTokenSource stop)
        {
            if (step is { Stage: TrainingStage.Policy, Step: 2 })
            {
                stop.Cancel();
            }
        }
    }

    [Fact]
    public void The_reward_of_a_trained_policy_is_that_of_its_run()
    {
        using TemporaryFolder folder = new();
        Recipe recipe = TinyRuns.Recipe(Policy);
        TrainingOutcome outcome = TinyRuns.Train(recipe, folder.Path);
        using TrainedPolicy policy = TrainedPolicy.Load(folder.Path);
        RolloutBatch batch = Assert.Single(policy.Sample(recipe.Task.Create<ITask>(), recipe, 6, 1, new SamplingOptions { Temperature = 0 }, 3));
        Assert.Equal(outcome.Evaluations[^1].Reward, batch.Trajectories.Average(t => (double)t.TotalReward), 1e-6);
        Assert.Contains(batch.Trajectories, t => t.Rewards["reward-model"] != 0);

        using TrainedPolicy model = TrainedPolicy.Load(new RunFolder(folder.Path).Model);
        Assert.Throws<InvalidDataException>(() => model.Sample(recipe.Task.Create<ITask>(), recipe, 6, 1, new SamplingOptions { Temperature = 0 }, 3).Count());
    }

    [Fact]
    public void The_loss_of_a_pair_is_that_of_bradley_and_terry()
    {
        Assert.Equal((Math.Log(2), -0.5), PreferencePair.Loss(0));
        foreach (double margin in new[] { -800, -3, -0.2, 0.7, 5, 800 })
        {
            (double loss, double slope) = PreferencePair.Loss(margin);
            Assert.Equal(margin < -700 ? -margin : Math.Log(1 + Math.Exp(-margin)), loss, 1e-12);
            Assert.Equal((PreferencePair.Loss(margin + 1e-5).Loss - PreferencePair.Loss(margin - 1e-5).Loss) / 2e-5, slope, 1e-6);
        }
    }

    [Fact]
    public void A_network_learns_which_responses_are_preferred()
    {
        LlamaConfiguration configuration = new()
        {
            VocabularySize = 6,
            HiddenSize = 8,
            IntermediateSize = 12,
            Layers = 1,
            Heads = 2,
            KeyValueHeads = 2,
            HeadDimension = 4,
            MaximumPositions = 16,
            EndOfSequence = [1],
        };
        using LlamaModel model = LlamaModel.Create(configuration, 5);
        using Workers workers = new(1);
        using RewardNetwork network = new(model, 12, workers);
        using AdamW optimizer = new(network.Parameters, new AdamOptions { LearningRate = 0.02 }, workers);
        PreferencePair[] pairs = [Pair([2, 3, 1], [2, 4, 1]), Pair([3, 3, 2, 1], [4, 1]), Pair([3, 1], [4, 4, 4, 1])];
        double accuracy = 0;
        for (int step = 0; step < 30; step++)
        {
            optimizer.ClearGradients();
            (double loss, accuracy) = network.Update(pairs);
            Assert.True(step > 0 || loss == Math.Log(2), "A head of zeros knows nothing.");
            optimizer.Step(0.02);
        }

        Assert.Equal(1, accuracy);

        static PreferencePair Pair(int[] preferred, int[] other)
        {
            TokenTree tree = new([5, 2]);
            tree.Branch(0, SegmentOrigin.Policy, preferred);
            tree.Branch(0, SegmentOrigin.Policy, other);
            return new PreferencePair(tree, 1, 2, 1);
        }
    }

    [Theory]
    [InlineData("objective: ppo\n  critic: { initialization: reward-model }", "'policy.critic.initialization' is reward-model")]
    [InlineData("objective: ppo\n  rewards: [ reward-model, reward-model ]", "2 reward models")]
    public void What_cannot_be_trained_is_refused(string policy, string message)
    {
        using TemporaryFolder folder = new();
        Assert.Contains(message, Assert.Throws<InvalidDataException>(() => TinyRuns.Train(TinyRuns.Recipe(policy), folder.Path)).Message, StringComparison.Ordinal);
    }
}
