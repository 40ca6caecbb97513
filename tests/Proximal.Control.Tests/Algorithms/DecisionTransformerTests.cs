using Proximal.Control.Algorithms.Offline;
using Proximal.Control.Data;
using Proximal.Control.Environments;
using Proximal.Control.Evaluation;
using Proximal.Control.Policies;
using Proximal.Control.Spaces;
using Proximal.Control.State;
using Proximal.Tensors;
using Proximal.Tensors.Random;

namespace Proximal.Control.Tests.Algorithms;

public sealed class DecisionTransformerTests
{
    private static readonly DecisionTransformerSettings Small = new() { Context = 4, Width = 16, Layers = 2, Heads = 2, LongestEpisode = 16, ReturnScale = 1 };

    [Fact]
    public void A_prediction_sees_no_later_observation_or_action_and_not_its_own()
    {
        BoxSpace box = new(new Shape(2), -1, 1);
        using DecisionTransformerPolicy policy = new(box, box, Small);
        float[] before = Predict(policy, 0, 0), laterObservation = Predict(policy, 1, 0), ownAndLaterActions = Predict(policy, 0, 1);
        Assert.Equal(before.AsSpan(0, 4), laterObservation.AsSpan(0, 4));
        Assert.NotEqual(before[4..], laterObservation[4..]);
        Assert.Equal(before.AsSpan(0, 4), ownAndLaterActions.AsSpan(0, 4));
        Assert.NotEqual(before[4..], ownAndLaterActions[4..]);

        // Three steps; the observation of the third and the actions of the second and third are moved.
        static float[] Predict(DecisionTransformerPolicy policy, float observation, float action)
        {
            DecisionTransformerInput input = new(policy.Observations, policy.Actions, 16);
            input.Begin(3);
            input.Add(0, 3, [0.1f, 0.2f], [0.5f, -0.5f]);
            input.Add(1, 2, [0.3f, 0.4f], [0.1f + (0.2f * action), 0.2f]);
            input.Add(2, 1, [0.5f, 0.6f + (0.3f * observation)], [0.3f + (0.2f * action), 0.4f]);
            using Tape tape = new(recording: false);
            return policy.Predict(tape, input).Data.ToArray();
        }
    }

    [Fact]
    public void It_acts_as_it_was_asked_to()
    {
        OfflineDataset data = Choices(200);
        using DecisionTransformer learner = new(data, new DecisionTransformerOptions { Network = Small with { Dropout = 0 }, BatchSize = 32, LearningRate = 3e-3, WarmupUpdates = 0 });
        learner.Learn(300);
        DecisionTransformerPolicy policy = (DecisionTransformerPolicy)learner.Policy;
        Assert.Equal(3, policy.TargetReturn);
        Assert.All(PolicyEvaluator.Returns(policy, new Summing(), 4, seed: 1), total => Assert.Equal(3, total));
        policy.TargetReturn = 0;
        Assert.All(PolicyEvaluator.Returns(policy, new Summing(), 4, seed: 1), total => Assert.Equal(0, total));
        policy.TargetReturn = 1;
        Assert.All(PolicyEvaluator.Returns(policy, new Summing(), 4, seed: 1), total => Assert.Equal(1, total));
    }

    [Fact]
    public void With_one_step_and_no_return_it_imitates()
    {
        // Observation 0 is answered by 1 three times of four, observation 1 always by 0.
        OfflineDataset data = new(
            new DiscreteSpace(2), new DiscreteSpace(2), [0, 0, 0, 0, 1], [1, 1, 0, 1, 0], [9, 0, 0, 5, 2], [0, 0, 0, 0, 0], [true, true, true, true, true], [true, true, true, true, true]);
        using DecisionTransformer learner = new(data, new DecisionTransformerOptions
        {
            Network = Small with { Context = 1, Dropout = 0, ConditionOnReturn = false },
            BatchSize = 256,
            LearningRate = 3e-3,
            WarmupUpdates = 0,
        });
        learner.Learn(200);
        DecisionTransformerInput input = new(data.ObservationSpace, data.ActionSpace, 16);
        input.Begin(1);
        input.Add(0, 123, [0], [0]);
        input.Begin(1);
        input.Add(0, -7, [1], [1]);
        using Tape tape = new(recording: false);
        float[] probabilities = ((DecisionTransformerPolicy)learner.Policy).Predict(tape, input).Softmax().Data.ToArray();
        Assert.Equal(0.75f, probabilities[1], 0.06f);
        Assert.True(probabilities[2] > 0.97f);
    }

    [Fact]
    public void A_context_slides_over_long_episodes()
    {
        using DecisionTransformerPolicy policy = new(new DiscreteSpace(1), new DiscreteSpace(2), Small with { TargetReturn = 20, LongestEpisode = 40 });
        using VectorEnvironment environment = new Summing(20).CreateVector(2);
        StepBatch batch = environment.CreateBatch();
        environment.Reset(1, batch);
        float[] states = new float[2 * policy.StateWidth], actions = new float[2];
        float total = 0;
        for (int step = 0; step < 19; step++)
        {
            policy.Act(new PolicyInput(2, batch.Observations, [], states, batch.Rewards), ActionChoice.Greedy, actions);
            Assert.Equal(step + 1, states[0]);
            Assert.Equal(20 - total, states[1 + (Math.Min(step, 3) * 3)]);
            environment.Step(actions, batch);
            total += batch.Rewards[0];
        }
    }

    [Fact]
    public void A_saved_learner_goes_on_to_the_same_bits_and_its_policy_acts_alike()
    {
        DecisionTransformerOptions options = new() { Network = Small, BatchSize = 8, WarmupUpdates = 10 };
        OfflineDataset data = Choices(50);
        using DecisionTransformer whole = new(data, options), first = new(data, options), second = new(data, options);
        whole.LearnUntil(200);
        string folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            first.LearnUntil(100);
            first.Save(folder);
            second.Load(folder);
            second.LearnUntil(200);
            for (int i = 0; i < whole.Policy.Parameters.Count; i++)
            {
                Assert.Equal(whole.Policy.Parameters[i].Data, second.Policy.Parameters[i].Data);
            }

            second.Save(folder);
            using Policy loaded = PolicyFile.Load(folder);
            Assert.Equal(second.Policy.Parameters.Count, loaded.Parameters.Count);
            Assert.Equal(PolicyEvaluator.Returns(second.Policy, new Summing(), 4, 1), PolicyEvaluator.Returns(loaded, new Summing(), 4, 1));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Impossible_settings_are_refused()
    {
        BoxSpace unbounded = new(new Shape(1));
        Assert.Throws<ArgumentException>(() => new DecisionTransformerPolicy(unbounded, unbounded, Small));
        Assert.Throws<ArgumentException>(() => new DecisionTransformerPolicy(unbounded, new DiscreteSpace(2), Small with { Heads = 3 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DecisionTransformer(Choices(5), new DecisionTransformerOptions { BatchSize = 0 }));
    }

    /// <summary>Episodes of three random actions whose return is their sum.</summary>
    private static OfflineDataset Choices(int episodes)
    {
        RandomStream random = new(7, RandomPurpose.User);
        float[] zeros = new float[3 * episodes], actions = new float[3 * episodes];
        bool[] ends = new bool[3 * episodes];
        for (int i = 0; i < actions.Length; i++)
        {
            actions[i] = random.Integer(i, 2);
            ends[i] = i % 3 == 2;
        }

        return new OfflineDataset(new DiscreteSpace(1), new DiscreteSpace(2), zeros, actions, [.. actions], [.. zeros], [.. ends], ends);
    }

    private sealed class Summing(int length = 3) : SingleEnvironment
    {
        public override EnvironmentSpecification Specification { get; } = new()
        {
            Name = "summing",
            Observations = new DiscreteSpace(1),
            Actions = new DiscreteSpace(2),
            MaximumSteps = length,
        };

        protected override SingleEnvironment NewCopy() => new Summing(length);

        protected override void Begin(Span<float> observation) => observation[0] = 0;

        protected override StepOutcome Advance(ReadOnlySpan<float> action, Span<float> observation) => new(action[0]);

        protected override void TransferState(StateTransfer state)
        {
        }
    }
}
