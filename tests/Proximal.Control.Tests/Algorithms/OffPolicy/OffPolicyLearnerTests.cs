using Proximal.Control.Environments;
using Proximal.Control.Evaluation;
using Proximal.Control.Learning;
using Proximal.Control.Policies;
using Proximal.Control.Spaces;
using Proximal.Control.State;
using Proximal.Tensors;

namespace Proximal.Control.Tests.Algorithms.OffPolicy;

public sealed class OffPolicyLearnerTests
{
    public static TheoryData<string> Names => OffPolicyLearners.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Learns_the_identity(string name)
    {
        IEnvironment environment = OffPolicyLearners.Identity(name);
        using Learner learner = OffPolicyLearners.Create(name, environment, 1);
        learner.Learn(OffPolicyLearners.IsContinuous(name) ? 2500 : 2000);
        double score = PolicyEvaluator.Returns(learner.Policy, environment, 5, 77).Average() / 100;
        Assert.True(score > (OffPolicyLearners.IsContinuous(name) ? -0.05 : 0.95), $"{name}: {score}");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Gives_the_same_bits_with_one_and_two_workers_and_others_with_another_seed(string name)
    {
        using Workers two = new(2);
        IEnvironment environment = OffPolicyLearners.Identity(name);
        using Learner first = OffPolicyLearners.Create(name, environment, 3), second = OffPolicyLearners.Create(name, environment, 3, two), other = OffPolicyLearners.Create(name, environment, 4);
        foreach (Learner learner in new[] { first, second, other })
        {
            learner.Learn(600);
        }

        Assert.Equal(Values(first), Values(second));
        Assert.NotEqual(Values(first), Values(other));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_learner_that_was_killed_goes_on_to_the_same_bits(string name)
    {
        string folder = Directory.CreateTempSubdirectory().FullName, checkpoint = Path.Combine(folder, "checkpoint");
        try
        {
            IEnvironment environment = OffPolicyLearners.Identity(name);
            using Learner whole = OffPolicyLearners.Create(name, environment, 5), killed = OffPolicyLearners.Create(name, environment, 5), resumed = OffPolicyLearners.Create(name, environment, 5);
            whole.LearnUntil(1000);
            killed.LearnUntil(1000, new SavesAt(500, checkpoint));
            resumed.Load(checkpoint);
            Assert.InRange(resumed.Steps, 500, 600);
            resumed.LearnUntil(1000);
            Assert.Equal(State(whole), State(resumed));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_loaded_policy_plays_the_same_episodes(string name)
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            IEnvironment environment = OffPolicyLearners.Identity(name);
            using Learner learner = OffPolicyLearners.Create(name, environment, 6);
            learner.Learn(500);
            PolicyFile.Save(learner.Policy, folder);
            using Policy loaded = PolicyFile.Load(folder);
            foreach (bool deterministic in new[] { true, false })
            {
                Assert.Equal(
                    PolicyEvaluator.Returns(learner.Policy, environment, 3, 8, deterministic), PolicyEvaluator.Returns(loaded, environment, 3, 8, deterministic));
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_reward_that_is_not_finite_ends_learning_with_environment_copy_and_step(string name)
    {
        using Learner learner = OffPolicyLearners.Create(name, new BrokenReward(OffPolicyLearners.IsContinuous(name)), 1);
        EnvironmentException exception = Assert.Throws<EnvironmentException>(() => learner.Learn(1000));
        Assert.Contains("broken, copy 0, step 7: the reward is NaN", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Actions_of_the_wrong_kind_are_refused_in_one_line(string name)
    {
        string other = OffPolicyLearners.IsContinuous(name) ? "dqn" : "sac";
        ArgumentException exception = Assert.Throws<ArgumentException>(() => OffPolicyLearners.Create(name, OffPolicyLearners.Identity(other), 1));
        Assert.StartsWith($"{name.Split(' ')[0]} takes", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', exception.Message);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_warm_learner_allocates_nothing(string name)
    {
        using Learner learner = OffPolicyLearners.Create(name, OffPolicyLearners.Identity(name), 1);
        learner.Learn(1000);
        Assert.Equal(0, Allocation.Least(() => learner.Learn(500)));
    }

    private static float[] Values(Learner learner) => [.. learner.Policy.Parameters.SelectMany(parameter => parameter.Data.ToArray())];

    private static byte[] State(Learner learner)
    {
        using MemoryStream memory = new();
        learner.Transfer(StateTransfer.Save(memory));
        return memory.ToArray();
    }

    private sealed class SavesAt(long steps, string folder) : ILearningObserver
    {
        public void OnIteration(Learner learner)
        {
            if (learner.Steps >= steps && !Directory.Exists(folder))
            {
                learner.Save(folder);
            }
        }
    }

    private sealed class BrokenReward(bool continuous) : SingleEnvironment
    {
        public override EnvironmentSpecification Specification { get; } = new()
        {
            Name = "broken",
            Observations = new BoxSpace(new Shape(1), -1, 1),
            Actions = continuous ? new BoxSpace(new Shape(1), -1, 1) : new DiscreteSpace(2),
            MaximumSteps = 100,
        };

        protected override SingleEnvironment NewCopy() => new BrokenReward(continuous);

        protected override void Begin(Span<float> observation) => observation.Clear();

        protected override StepOutcome Advance(ReadOnlySpan<float> action, Span<float> observation) => new(Steps == 7 ? double.NaN : 0);

        protected override void TransferState(StateTransfer state)
        {
        }
    }
}
