using Proximal.Control.Algorithms;
using Proximal.Control.Environments;
using Proximal.Control.Environments.ClassicControl;
using Proximal.Control.Environments.Diagnostic;
using Proximal.Control.Evaluation;
using Proximal.Control.Learning;
using Proximal.Control.Policies;
using Proximal.Control.Spaces;
using Proximal.Control.State;
using Proximal.Models.Networks;
using Proximal.Tensors;

namespace Proximal.Control.Tests.Algorithms;

public sealed class OnPolicyLearnerTests
{
    public static TheoryData<string, string> IdentityCases
    {
        get
        {
            TheoryData<string, string> cases = [];
            foreach (string algorithm in new[] { "ppo", "a2c", "reinforce", "trpo" })
            {
                foreach (string space in new[] { "discrete", "multi-discrete", "box" })
                {
                    cases.Add(algorithm, space);
                }
            }

            return cases;
        }
    }

    public static TheoryData<string> Algorithms => ["ppo", "ppo shared", "ppo lstm", "ppo normalized", "a2c", "reinforce", "trpo"];

    [Theory]
    [MemberData(nameof(IdentityCases))]
    public void Solves_the_identity_environment(string algorithm, string space)
    {
        Space actions = space switch
        {
            "discrete" => new DiscreteSpace(4),
            "multi-discrete" => new MultiDiscreteSpace(3, 2),
            _ => new BoxSpace(new Shape(2), -1, 1),
        };
        IdentityEnvironment environment = new(actions, 50);
        using Learner learner = algorithm switch
        {
            "ppo" => new Ppo(environment, new PpoOptions { LearningRate = 3e-3, NormalizeRewards = false }),
            "a2c" => new A2c(environment, new A2cOptions { LearningRate = 3e-3, GaeLambda = 0 }),
            "reinforce" => new Reinforce(environment, new ReinforceOptions { LearningRate = 1e-2, Discount = 0 }),
            _ => new Trpo(environment, new TrpoOptions { Environments = 4, Steps = 256, MaximumKullbackLeibler = 0.05 }),
        };
        learner.Learn(actions is BoxSpace ? 60_000 : 30_000);
        double mean = PolicyEvaluator.Returns(learner.Policy, environment, 10, 99).Average() / 50;
        Assert.True(mean > (actions is BoxSpace ? -0.03 : 0.97), $"mean reward {mean}");
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void Gives_the_same_bits_with_one_and_two_workers(string name)
    {
        using Workers one = new(1), two = new(2);
        using Learner first = Make(name, one), second = Make(name, two);
        first.Learn(3000);
        second.Learn(3000);
        Assert.Equal(Bits(first.Policy), Bits(second.Policy));
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void Continues_from_a_checkpoint_to_the_same_bits(string name)
    {
        using TemporaryFolder folder = new();
        using Learner whole = Make(name), first = Make(name), second = Make(name);
        whole.LearnUntil(6000);
        using CancellationTokenSource stopping = new();
        first.LearnUntil(6000, new Watch(learner => StopAfter(learner, 2000, stopping)), stopping.Token);
        first.Save(folder.File("half"));
        second.Load(folder.File("half"));
        Assert.True(second.Steps is >= 2000 and < 6000);
        second.LearnUntil(6000);
        Assert.Equal(Bits(whole.Policy), Bits(second.Policy));
        Assert.Equal(whole.Episodes!.MeanReturn, second.Episodes!.MeanReturn);
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void Policy_on_disk_plays_the_same_episodes(string name)
    {
        using TemporaryFolder folder = new();
        using Learner learner = Make(name);
        learner.Learn(2000);
        PolicyFile.Save(learner.Policy, folder.Path);
        using Policy loaded = PolicyFile.Load(folder.Path);
        foreach (bool deterministic in new[] { true, false })
        {
            Assert.Equal(
                PolicyEvaluator.Returns(learner.Policy, new CartPole(), 5, 3, deterministic), PolicyEvaluator.Returns(loaded, new CartPole(), 5, 3, deterministic));
        }
    }

    [Theory]
    [InlineData("discrete")]
    [InlineData("continuous")]
    [InlineData("lstm")]
    [InlineData("gru")]
    public void Ratio_of_the_first_minibatch_is_exactly_one(string name)
    {
        PpoOptions options = new() { Epochs = 1, Minibatches = 1, Steps = 64, NormalizeObservations = name == "continuous" };
        options = name switch
        {
            "lstm" => options with { Network = new() { Memory = MemoryKind.Lstm, MemoryWidth = 16 } },
            "gru" => options with { Network = new() { Memory = MemoryKind.Gru, MemoryWidth = 16 } },
            _ => options,
        };
        IEnvironment environment = name == "continuous" ? new IdentityEnvironment(new BoxSpace(new Shape(3), -1, 1), 20) : new CartPole();
        using Ppo learner = new(environment, options);
        for (int i = 0; i < 5; i++)
        {
            learner.Learn(1);
            Assert.Equal(0, learner.Metrics["policy/kl"]);
            Assert.Equal(0, learner.Metrics["policy/kl-of-log-ratios"]);
            Assert.Equal(0, learner.Metrics["policy/clip-fraction"]);
        }
    }

    [Fact]
    public void Ppo_without_clipping_in_one_pass_has_the_gradient_of_a2c()
    {
        using ActorCriticPolicy policy = new(new BoxSpace(new Shape(3), -1, 1), new DiscreteSpace(4), seed: 2);
        Rollout rollout = new(policy, 0, 8, 4);
        Random numbers = new(1);
        for (int row = 0; row < rollout.Count; row++)
        {
            rollout.Actions[row] = numbers.Next(4);
            rollout.Advantages[row] = (float)(numbers.NextDouble() - 0.5);
            rollout.Returns[row] = (float)numbers.NextDouble();
        }

        foreach (ref float value in rollout.Observations)
        {
            value = (float)((2 * numbers.NextDouble()) - 1);
        }

        float[] distributions = new float[4 * rollout.Count];
        policy.Infer(rollout.Count, rollout.Observations, default, distributions, rollout.Values);
        for (int row = 0; row < rollout.Count; row++)
        {
            rollout.LogProbs[row] = (float)policy.Distribution.LogProb(distributions.AsSpan(row * 4, 4), [], rollout.Action(row), out _);
        }

        PpoOptions options = new() { ClipRange = double.PositiveInfinity, ClipValueLoss = false };
        policy.Accumulate(rollout, new PpoLoss(policy.Distribution, options, rollout.Count));
        float[][] expected = [.. policy.NetworkParameters.Select(p => p.Gradient.ToArray())];
        foreach (Parameter parameter in policy.NetworkParameters)
        {
            parameter.ClearGradient();
        }

        policy.Accumulate(rollout, new PolicyGradientLoss(policy.Distribution, options.ValueCoefficient, options.EntropyCoefficient));
        for (int i = 0; i < expected.Length; i++)
        {
            for (int j = 0; j < expected[i].Length; j++)
            {
                Assert.Equal(expected[i][j], policy.NetworkParameters[i].Gradient[j], 1e-6);
            }
        }
    }

    [Theory]
    [InlineData("ppo")]
    [InlineData("a2c")]
    [InlineData("reinforce")]
    [InlineData("trpo")]
    public void Masked_actions_are_never_taken(string algorithm)
    {
        using Learner learner = algorithm switch
        {
            "ppo" => new Ppo(new MaskedCorridor(), new PpoOptions { LearningRate = 1e-3 }),
            "a2c" => new A2c(new MaskedCorridor()),
            "reinforce" => new Reinforce(new MaskedCorridor()),
            _ => new Trpo(new MaskedCorridor(), new TrpoOptions { Environments = 4, Steps = 128 }),
        };
        learner.Learn(10_000);
        Assert.True(PolicyEvaluator.Returns(learner.Policy, new MaskedCorridor(), 5, 1, deterministic: false).All(r => r > 0.5));
    }

    [Theory]
    [InlineData(MemoryKind.Lstm)]
    [InlineData(MemoryKind.Gru)]
    public void Policy_with_a_memory_recalls_the_first_observation(MemoryKind memory)
    {
        PpoOptions options = new()
        {
            Environments = 8,
            Steps = 32,
            LearningRate = 3e-3,
            AnnealLearningRate = false,
            Network = new() { Hidden = [16], Memory = memory, MemoryWidth = 16 },
        };
        using Ppo learner = new(new RecallEnvironment(6), options);
        learner.Learn(40_000);
        Assert.True(PolicyEvaluator.Returns(learner.Policy, new RecallEnvironment(6), 100, 5).Average() > 0.95);
    }

    [Fact]
    public void Policy_without_a_memory_cannot_recall()
    {
        using Ppo learner = new(new RecallEnvironment(6), new PpoOptions { LearningRate = 3e-3 });
        learner.Learn(10_000);
        Assert.True(Math.Abs(PolicyEvaluator.Returns(learner.Policy, new RecallEnvironment(6), 200, 5).Average()) < 0.3);
    }

    [Theory]
    [InlineData(true, 10.0)]
    [InlineData(false, 1.45)]
    public void Truncated_episodes_are_worth_what_would_have_followed(bool bootstrap, double expected)
    {
        // Reward 1 for ever, cut off after two steps: 1 / (1 - 0.9) with bootstrapping; without it the mean of 1 + 0.9 and 1, as both steps look alike.
        A2cOptions options = new() { Discount = 0.9, BootstrapOnTruncation = bootstrap, LearningRate = 3e-3, EntropyCoefficient = 0, Network = new() { Hidden = [16] } };
        using A2c learner = new(new Constant(2), options);
        learner.Learn(100_000);
        float[] value = new float[1], first = new float[2];
        first[0] = 1;
        ((ActorCriticPolicy)learner.Policy).Infer(1, first, default, default, value);
        Assert.Equal(expected, value[0], 0.1 * expected);
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void Warm_iterations_allocate_nothing(string name)
    {
        using Workers workers = new(1);
        using Learner learner = Make(name, workers);
        Allocations allocations = new();
        learner.LearnUntil(learner is A2c ? 2000 : 20_000, allocations);
        long least = allocations.Bytes[4..].Min();

        // Conjugate gradients keep three vectors, the episodes of REINFORCE differ in number.
        Assert.True(least <= (learner is Trpo ? 1 << 20 : 0), $"{least} bytes");
    }

    [Fact]
    public void Episodes_that_are_broken_off_leave_nothing_in_the_log()
    {
        using Reinforce learner = new(new CartPole());
        learner.Learn(200_000, new Watch(l => Assert.True(!(l.Episodes!.LastReturn > 500) && l.Episodes.LastReturn == Math.Floor(l.Episodes.LastReturn))));
        Assert.InRange(learner.Episodes.MeanReturn, 20, 500);
        Assert.InRange(learner.Episodes.MeanLength, 20, 500);
    }

    [Fact]
    public void Rewards_that_are_not_numbers_are_errors_with_environment_copy_and_step()
    {
        using Ppo learner = new(new Broken());
        EnvironmentException thrown = Assert.Throws<EnvironmentException>(() => learner.Learn(1000));
        Assert.Contains("broken, copy", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("NaN", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Gradients_that_are_not_finite_stop_learning_by_name()
    {
        using Ppo learner = new(new CartPole());
        Parameter weight = ((ActorCriticPolicy)learner.Policy).CriticParameters[0];
        weight.Data[0] = float.NaN;
        weight.MarkChanged();
        LearningException thrown = Assert.Throws<LearningException>(() => learner.Learn(512));
        Assert.Contains("Ppo, step 0: the norm of the gradient is NaN", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Actions_without_a_distribution_are_refused_by_name()
    {
        ArgumentException thrown = Assert.Throws<ArgumentException>(() => new Ppo(new Constant(2, new DictionarySpace(("a", new DiscreteSpace(2))))));
        Assert.Contains("dictionary", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_outside_their_ranges_are_named()
    {
        AssertRefused("Environments is 0", () => new Ppo(new CartPole(), new PpoOptions { Environments = 0 }));
        AssertRefused("Discount is 1.5", () => new A2c(new CartPole(), new A2cOptions { Discount = 1.5 }));
        AssertRefused("Minibatches is 8", () => new Ppo(new CartPole(), new PpoOptions { Minibatches = 8, Network = new() { Memory = MemoryKind.Lstm } }));
        AssertRefused("Memory is Gru", () => new Reinforce(new CartPole(), new ReinforceOptions { Network = new() { Memory = MemoryKind.Gru } }));
        AssertRefused("TRPO", () => new Trpo(new CartPole(), new TrpoOptions { SharedNetwork = true }));
    }

    [Fact]
    public void Learning_rate_is_annealed_per_iteration_and_passes_end_at_the_target_divergence()
    {
        using Ppo learner = new(new CartPole(), new PpoOptions { TargetKullbackLeibler = 1e-9 });
        List<double> rates = [];
        learner.Learn(1024, new Watch(l => rates.Add(l.Metrics["policy/learning-rate"])));
        Assert.Equal([2.5e-4, 1.25e-4], rates);
    }

    private static void AssertRefused(string part, Func<Learner> create) =>
        Assert.Contains(part, Assert.Throws<ArgumentException>(() => create()).Message, StringComparison.Ordinal);

    private static Learner Make(string name, Workers? workers = null) => name switch
    {
        "ppo" => new Ppo(new CartPole(), new PpoOptions { Steps = 64 }, 5, workers),
        "ppo shared" => new Ppo(new CartPole(), new PpoOptions { Steps = 64, SharedNetwork = true }, 5, workers),
        "ppo lstm" => new Ppo(new CartPole(), new PpoOptions { Steps = 32, Network = new() { Hidden = [16], Memory = MemoryKind.Lstm, MemoryWidth = 16 } }, 5, workers),
        "ppo normalized" => new Ppo(new CartPole(), new PpoOptions { Steps = 64, NormalizeObservations = true, NormalizeRewards = true }, 5, workers),
        "a2c" => new A2c(new CartPole(), null, 5, workers),
        "reinforce" => new Reinforce(new CartPole(), null, 5, workers),
        _ => new Trpo(new CartPole(), new TrpoOptions { Environments = 2, Steps = 256 }, 5, workers),
    };

    private static void StopAfter(Learner learner, long steps, CancellationTokenSource stopping)
    {
        if (learner.Steps >= steps)
        {
            stopping.Cancel();
        }
    }

    private static int[] Bits(Policy policy) => [.. policy.Parameters.SelectMany(p => p.Data.ToArray()).Select(BitConverter.SingleToInt32Bits)];

    private sealed class Watch(Action<Learner> action) : ILearningObserver
    {
        public void OnIteration(Learner learner) => action(learner);
    }

    private sealed class Allocations : ILearningObserver
    {
        private long before = GC.GetAllocatedBytesForCurrentThread();

        public List<long> Bytes { get; } = new(1024);

        public void OnIteration(Learner learner)
        {
            long now = GC.GetAllocatedBytesForCurrentThread();
            Bytes.Add(now - before);
            before = GC.GetAllocatedBytesForCurrentThread();
        }
    }

    private sealed class Broken : SingleEnvironment
    {
        public override EnvironmentSpecification Specification { get; } = new() { Name = "broken", Observations = new DiscreteSpace(2), Actions = new DiscreteSpace(2) };

        protected override SingleEnvironment NewCopy() => new Broken();

        protected override void Begin(Span<float> observation) => observation[0] = 0;

        protected override StepOutcome Advance(ReadOnlySpan<float> action, Span<float> observation) => new(Steps == 3 ? double.NaN : 1);

        protected override void TransferState(StateTransfer state)
        {
        }
    }

    private sealed class Constant(int length, Space? actions = null) : SingleEnvironment
    {
        public override EnvironmentSpecification Specification { get; } = new()
        {
            Name = "constant",
            Observations = new DiscreteSpace(2),
            Actions = actions ?? new DiscreteSpace(2),
            MaximumSteps = length,
        };

        protected override SingleEnvironment NewCopy() => new Constant(length, actions);

        protected override void Begin(Span<float> observation) => observation[0] = 0;

        protected override StepOutcome Advance(ReadOnlySpan<float> action, Span<float> observation)
        {
            observation[0] = 0;
            return new StepOutcome(1);
        }

        protected override void TransferState(StateTransfer state)
        {
        }
    }
}
