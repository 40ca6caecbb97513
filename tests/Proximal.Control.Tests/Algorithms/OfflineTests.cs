using Proximal.Control.Algorithms.Offline;
using Proximal.Control.Data;
using Proximal.Control.Environments.Diagnostic;
using Proximal.Control.Evaluation;
using Proximal.Control.Learning;
using Proximal.Control.Policies;
using Proximal.Control.Spaces;
using Proximal.Models.Networks;
using Proximal.Tensors;
using Proximal.Tensors.Random;

namespace Proximal.Control.Tests.Algorithms;

public sealed class OfflineTests
{
    private static readonly NetworkSettings Small = new() { Hidden = [32, 32], Activation = Activation.Relu, Orthogonal = false };

    [Fact]
    public void The_expectile_loss_has_the_worked_numbers()
    {
        float[] gradient = new float[1];
        Assert.Equal(0.7, OfflineFormulas.ExpectileLoss([1], [0], 0.7, gradient), 1e-7);
        Assert.Equal(-1.4f, gradient[0], 1e-6f);
        Assert.Equal(0.3, OfflineFormulas.ExpectileLoss([-1], [0], 0.7, gradient), 1e-7);
        Assert.Equal(0.175, OfflineFormulas.ExpectileLoss([0.5f], [0], 0.7, gradient), 1e-7);
        Assert.Equal(0.5 * 0.25, OfflineFormulas.ExpectileLoss([0.5f], [0], 0.5, gradient), 1e-7);
    }

    [Theory]
    [InlineData(0.5, 2.0)]
    [InlineData(0.99, 4.0)]
    public void A_high_expectile_follows_the_largest_value(double expectile, double expected)
    {
        // Values 0, 2 and 4 are equally likely; the minimizer is their mean for one half and nears their maximum for one.
        float v = 0;
        float[] gradient = new float[3];
        for (int i = 0; i < 20_000; i++)
        {
            OfflineFormulas.ExpectileLoss([0, 2, 4], [v, v, v], expectile, gradient);
            v -= 0.1f * (gradient[0] + gradient[1] + gradient[2]);
        }

        Assert.Equal(expected, v, 0.1);
    }

    [Fact]
    public void Weights_are_held_and_without_beta_all_alike()
    {
        float[] weights = new float[3];
        OfflineFormulas.AdvantageWeights([-1, 0, 1000], 3, 100, weights);
        Assert.Equal([(float)Math.Exp(-3), 1f, 100f], weights);
        OfflineFormulas.AdvantageWeights([-1, 0, 1000], 0, 100, weights);
        Assert.Equal([1f, 1f, 1f], weights);
    }

    [Fact]
    public void The_conservative_penalty_has_the_worked_number_and_gradient()
    {
        float[] gradient = new float[3];
        Assert.Equal(1.407606, OfflineFormulas.ConservativePenalty([1, 2, 0], [], 1, gradient), 1e-6);
        Assert.Equal([0.244728f, 0.665241f, 0.090031f], gradient, (expected, actual) => Math.Abs(expected - actual) < 1e-6f);
        Assert.Equal(1 + Math.Log(3), OfflineFormulas.ConservativePenalty([1, 2, 0], [0, 1, -1], 0, gradient), 1e-6);
    }

    [Fact]
    public void The_ascent_with_imitation_ignores_the_scale_of_rewards_and_imitates_without_a_critic()
    {
        float[] once = new float[4], scaled = new float[4], imitating = new float[4];
        float[] values = [1, -3], slope = [0.5f, -0.2f, 0.1f, 0.4f], actions = [0.1f, 0.2f, -0.3f, 0.4f], data = [0, 0, 0.5f, 0.5f];
        OfflineFormulas.ImitatingAscent(values, slope, actions, data, 2.5, once);
        OfflineFormulas.ImitatingAscent([.. values.Select(v => 7 * v)], [.. slope.Select(v => 7 * v)], actions, data, 2.5, scaled);
        OfflineFormulas.ImitatingAscent(values, slope, actions, data, 0, imitating);
        for (int i = 0; i < 4; i++)
        {
            Assert.Equal(once[i], scaled[i], 1e-6f);
            Assert.Equal(2 * (actions[i] - data[i]) / 4, imitating[i], 1e-7f);
        }
    }

    [Fact]
    public void Squared_error_averages_and_cross_entropy_keeps_the_shares()
    {
        bool[] ends = [true, true];
        OfflineDataset opposite = new(new DiscreteSpace(1), new BoxSpace(new Shape(1), -2, 2), [0, 0], [-1, 1], [0, 0], [0, 0], [.. ends], ends);
        using BehaviourCloning mean = new(opposite, new BehaviourCloningOptions { Network = Small, BatchSize = 64, LearningRate = 3e-3 });
        mean.Learn(300);
        float[] action = new float[1];
        mean.Policy.Act(new PolicyInput(1, [0]), ActionChoice.Greedy, action);
        Assert.Equal(0, action[0], 0.15);

        bool[] four = [true, true, true, true];
        OfflineDataset shares = new(new DiscreteSpace(1), new DiscreteSpace(2), new float[4], [0, 0, 0, 1], new float[4], new float[4], [.. four], four);
        using BehaviourCloning choices = new(shares, new BehaviourCloningOptions { Network = Small, BatchSize = 256, LearningRate = 3e-3 });
        choices.Learn(300);
        float[] chosen = new float[1000];
        choices.Policy.Act(new PolicyInput(1000, new float[1000]), new ActionChoice(false, 4), chosen);
        Assert.Equal(0.25, chosen.Average(), 0.06);
    }

    [Fact]
    public void The_best_trajectories_alone_are_imitated()
    {
        float[] actions = [.. Enumerable.Range(0, 100).Select(i => i % 10 == 0 ? 1f : 0f)];
        bool[] ends = [.. actions.Select(_ => true)];
        OfflineDataset data = new(new DiscreteSpace(1), new DiscreteSpace(2), new float[100], actions, [.. actions], new float[100], [.. ends], ends);
        using BehaviourCloning learner = new(data, new BehaviourCloningOptions { Network = Small, BatchSize = 32, LearningRate = 3e-3, BestShare = 0.1 });
        learner.Learn(100);
        float[] action = new float[1];
        learner.Policy.Act(new PolicyInput(1, [0]), ActionChoice.Greedy, action);
        Assert.Equal(1, action[0]);
    }

    [Theory]
    [InlineData("td3-bc")]
    [InlineData("iql")]
    [InlineData("awac")]
    [InlineData("cql")]
    [InlineData("diffusion-ql")]
    public void Learns_more_than_the_data_shows(string algorithm)
    {
        // Random actions in the identity environment have the mean reward -2/3 a step; the best is 0.
        OfflineDataset data = RandomIdentity(2000);
        using OfflineLearner learner = Create(algorithm, data);
        learner.Learn(algorithm is "cql" ? 500 : 800);
        double mean = PolicyEvaluator.Returns(learner.Policy, new IdentityEnvironment(new BoxSpace(new Shape(1), -1, 1), 20), 10, seed: 5).Average() / 20;
        Assert.True(mean > -0.15, $"{algorithm}: {mean}");
    }

    [Theory]
    [InlineData("td3-bc")]
    [InlineData("iql")]
    [InlineData("awac")]
    [InlineData("cql")]
    [InlineData("diffusion-ql")]
    public void Small_numbers_of_an_observation_count_as_much_as_large_ones(string algorithm)
    {
        // The best action is a hundred times the observation, as a velocity may be a hundredth of a position.
        OfflineDataset data = RandomIdentity(2000, scale: 0.01f);
        using OfflineLearner learner = Create(algorithm, data);
        learner.Learn(algorithm is "cql" ? 500 : 800);
        float[] actions = new float[3];
        learner.Policy.Act(new PolicyInput(3, [-0.008f, 0, 0.008f]), ActionChoice.Greedy, actions);
        Assert.True(actions[0] < -0.4 && Math.Abs(actions[1]) < 0.4 && actions[2] > 0.4, $"{algorithm}: {string.Join(' ', actions)}");
    }

    [Fact]
    public void What_diffusion_q_learning_has_learned_acts_at_once_and_not_an_average_with_first_weights()
    {
        bool[] ends = [.. Enumerable.Repeat(true, 64)];
        float[] actions = [.. Enumerable.Repeat(0.8f, 64)];
        OfflineDataset data = new(new DiscreteSpace(1), new BoxSpace(new Shape(1), -1, 1), new float[64], actions, new float[64], new float[64], [.. ends], ends);
        using DiffusionQLearning learner = new(data, new DiffusionQLearningOptions { Network = Small, BatchSize = 64, PolicyLearningRate = 3e-3, Eta = 0, Candidates = 1 });
        learner.Learn(300);
        float[] chosen = new float[100];
        learner.Policy.Act(new PolicyInput(100, new float[100]), new ActionChoice(false, 4), chosen);
        Assert.All(chosen, action => Assert.Equal(0.8, action, 0.25));
    }

    [Theory]
    [InlineData("bc")]
    [InlineData("td3-bc")]
    [InlineData("iql")]
    [InlineData("awac")]
    [InlineData("cql")]
    [InlineData("diffusion-ql")]
    public void A_saved_learner_goes_on_to_the_same_bits_and_its_policy_acts_alike(string algorithm)
    {
        OfflineDataset data = RandomIdentity(100);
        using OfflineLearner whole = Create(algorithm, data, 8), first = Create(algorithm, data, 8), second = Create(algorithm, data, 8);
        whole.LearnUntil(120);
        string folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            using CancellationTokenSource stop = new();
            first.LearnUntil(120, new Stop(stop), stop.Token);
            Assert.Equal(100, first.Steps);
            first.Save(folder);
            second.Load(folder);
            second.LearnUntil(120);
            for (int i = 0; i < whole.Policy.Parameters.Count; i++)
            {
                Assert.Equal(whole.Policy.Parameters[i].Data, second.Policy.Parameters[i].Data);
            }

            second.Save(folder);
            using Policy loaded = PolicyFile.Load(folder);
            float[] expected = new float[3], actual = new float[3];
            foreach (bool deterministic in new[] { true, false })
            {
                second.Policy.Act(new PolicyInput(3, [-0.5f, 0, 0.7f]), new ActionChoice(deterministic, 3), expected);
                loaded.Act(new PolicyInput(3, [-0.5f, 0, 0.7f]), new ActionChoice(deterministic, 3), actual);
                Assert.Equal(expected, actual);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Without_a_penalty_conservative_learning_is_soft_actor_critic_and_with_one_values_are_lower()
    {
        OfflineDataset data = RandomIdentity(200);
        ConservativeQLearningOptions options = new() { Network = Small, BatchSize = 32, Samples = 4, Alpha = 0 };
        using ConservativeQLearning plain = new(data, options), penalized = new(data, options with { Alpha = 10 });
        plain.Learn(100);
        penalized.Learn(100);
        float[] free = new float[2], held = new float[2];
        plain.Critics.Evaluate([0], [0.9f], ofTargets: false, free);
        penalized.Critics.Evaluate([0], [0.9f], ofTargets: false, held);
        Assert.True(double.IsNaN(plain.Metrics["loss/conservative"]));
        Assert.True(penalized.Metrics["loss/conservative"] > 0);
    }

    [Fact]
    public void Impossible_settings_and_data_are_refused()
    {
        OfflineDataset data = RandomIdentity(10);
        bool[] ends = [true];
        OfflineDataset discrete = new(new DiscreteSpace(1), new DiscreteSpace(2), [0], [1], [0], [0], [.. ends], ends);
        Assert.Contains("bounded box", Assert.Throws<ArgumentException>(() => new ImplicitQLearning(discrete)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new ImplicitQLearning(data, new ImplicitQLearningOptions { Expectile = 1 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Td3Bc(data, new Td3BcOptions { PolicyDelay = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ConservativeQLearning(data, new ConservativeQLearningOptions { Samples = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new BehaviourCloning(data, new BehaviourCloningOptions { BestShare = 0 }));
    }

    private static OfflineLearner Create(string algorithm, OfflineDataset data, int batch = 64) => algorithm switch
    {
        "bc" => new BehaviourCloning(data, new BehaviourCloningOptions { Network = Small, BatchSize = batch, Likelihood = true }),
        "td3-bc" => new Td3Bc(data, new Td3BcOptions { Network = Small, BatchSize = batch, Discount = 0, PolicyLearningRate = 1e-3, CriticLearningRate = 3e-3, Alpha = 40 }),
        "iql" => new ImplicitQLearning(data, new ImplicitQLearningOptions { Network = Small, BatchSize = batch, Discount = 0, PolicyLearningRate = 3e-3, CriticLearningRate = 3e-3, Beta = 10 }),
        "awac" => new Awac(data, new AwacOptions { Network = Small, BatchSize = batch, Discount = 0, PolicyLearningRate = 3e-3, CriticLearningRate = 3e-3, Lambda = 0.1 }),
        "cql" => new ConservativeQLearning(data, new ConservativeQLearningOptions { Network = Small, BatchSize = batch, Discount = 0, PolicyLearningRate = 3e-3, CriticLearningRate = 3e-3, Alpha = 0.1, Samples = 4 }),
        _ => new DiffusionQLearning(data, new DiffusionQLearningOptions
        {
            Network = Small,
            BatchSize = batch,
            Discount = 0,
            PolicyLearningRate = 3e-3,
            CriticLearningRate = 3e-3,
            Eta = 3,
            Candidates = 10,
            AverageStarts = 0,
            AverageFrequency = 1,
            AverageDecay = 0.95,
        }),
    };

    private static OfflineDataset RandomIdentity(int count, float scale = 1)
    {
        RandomStream random = new(11, RandomPurpose.User);
        float[] observations = new float[count], actions = new float[count], rewards = new float[count];
        bool[] ends = new bool[count];
        for (int i = 0; i < count; i++)
        {
            float best = (float)((2 * random.Uniform(2 * i)) - 1);
            observations[i] = scale * best;
            actions[i] = (float)((2 * random.Uniform((2 * i) + 1)) - 1);
            rewards[i] = -(actions[i] - best) * (actions[i] - best);
            ends[i] = i % 20 == 19;
        }

        BoxSpace box = new(new Shape(1), -1, 1);
        return new OfflineDataset(box, box, observations, actions, rewards, [.. observations], new bool[count], ends);
    }

    private sealed class Stop(CancellationTokenSource stop) : ILearningObserver
    {
        public void OnIteration(Learner learner) => stop.Cancel();
    }
}
