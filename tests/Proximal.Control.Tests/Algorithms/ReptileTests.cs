using Proximal.Control.Algorithms;
using Proximal.Control.Algorithms.Meta;
using Proximal.Control.Environments;
using Proximal.Control.Environments.ClassicControl;
using Proximal.Control.Environments.Diagnostic;
using Proximal.Control.Evaluation;
using Proximal.Control.Spaces;
using Proximal.Control.State;

namespace Proximal.Control.Tests.Algorithms;

public sealed class ReptileTests
{
    [Fact]
    public void Step_on_one_quadratic_is_the_worked_example()
    {
        // (theta - 3)² / 2 from 1 with rate 0.1 and five steps, then half of the way.
        float[] theta = [1];
        float phi = Descend(1, 3, 5);
        Assert.Equal(1.819020, phi, 1e-6);
        Reptile.MoveTowards(theta, [phi], 0.5);
        Assert.Equal(1.409510, theta[0], 1e-6);
    }

    [Fact]
    public void Fixed_point_on_quadratics_is_the_mean_of_their_minima()
    {
        float[] theta = [10];
        for (int i = 0; i < 200; i++)
        {
            Reptile.MoveTowards(theta, [Descend(theta[0], -1, 5), Descend(theta[0], 2, 5), Descend(theta[0], 5, 5)], 0.5);
        }

        Assert.Equal(2, theta[0], 1e-4);
    }

    [Fact]
    public void One_inner_step_is_a_joint_gradient_step_scaled_by_the_step_size()
    {
        float[] theta = [1];
        Reptile.MoveTowards(theta, [Descend(1, 3, 1), Descend(1, -2, 1)], 0.25);
        Assert.Equal(1 - (0.25 * 0.1 * ((1 - 3 + 1 + 2) / 2.0)), theta[0], 1e-6);
    }

    [Fact]
    public void What_was_learned_over_tasks_adapts_to_a_new_one_in_one_iteration()
    {
        Shifted[] tasks = [new(0), new(1), new(2)];
        PpoOptions inner = new() { Environments = 4, Steps = 64, LearningRate = 3e-3, AnnealLearningRate = false, EntropyCoefficient = 0, Discount = 0 };
        using Reptile reptile = new(tasks, new ReptileOptions { Inner = inner, TasksPerIteration = 3 });
        reptile.Learn(40_000);
        using Ppo adapted = reptile.Adapt(new Shifted(1), 5), fresh = new(new Shifted(1), inner, 5);
        adapted.Learn(256);
        fresh.Learn(256);
        double with = PolicyEvaluator.Returns(adapted.Policy, new Shifted(1), 10, 3).Average(), without = PolicyEvaluator.Returns(fresh.Policy, new Shifted(1), 10, 3).Average();
        Assert.True(with > without, $"{with} with, {without} without");
    }

    [Fact]
    public void Same_bits_after_a_checkpoint()
    {
        using TemporaryFolder folder = new();
        IEnvironment[] tasks = [new CartPole(), new CartPole()];
        ReptileOptions options = new() { Inner = new() { Steps = 32, AnnealLearningRate = false }, InnerIterations = 2 };
        using Reptile whole = new(tasks, options), first = new(tasks, options), second = new(tasks, options);
        whole.LearnUntil(2048);
        using CancellationTokenSource stopping = new();
        first.LearnUntil(2048, new StopAtOnce(stopping), stopping.Token);
        first.Save(folder.File("half"));
        second.Load(folder.File("half"));
        second.LearnUntil(2048);
        Assert.Equal(512, first.Steps);
        Assert.Equal(Values(whole), Values(second));
        Assert.NotEqual(Values(whole), Values(first));
    }

    [Fact]
    public void Tasks_with_different_spaces_are_refused_by_name()
    {
        ArgumentException thrown = Assert.Throws<ArgumentException>(() => new Reptile([new CartPole(), new IdentityEnvironment(new DiscreteSpace(2))]));
        Assert.Contains("identity has observations discrete(2)", thrown.Message, StringComparison.Ordinal);
    }

    private static float Descend(float theta, float minimum, int steps)
    {
        for (int i = 0; i < steps; i++)
        {
            theta -= 0.1f * (theta - minimum);
        }

        return theta;
    }

    private static float[] Values(Reptile reptile) => [.. reptile.Policy.Parameters.SelectMany(p => p.Data.ToArray())];

    private sealed class StopAtOnce(CancellationTokenSource stopping) : Control.Learning.ILearningObserver
    {
        public void OnIteration(Control.Learning.Learner learner) => stopping.Cancel();
    }

    /// <summary>The right action is the observation plus a shift: of four, one never is.</summary>
    private sealed class Shifted(int shift) : SingleEnvironment
    {
        private int seen;

        public override EnvironmentSpecification Specification { get; } = new()
        {
            Name = "shifted",
            Observations = new DiscreteSpace(4),
            Actions = new DiscreteSpace(4),
            MaximumSteps = 20,
        };

        protected override SingleEnvironment NewCopy() => new Shifted(shift);

        protected override void Begin(Span<float> observation) => observation[0] = seen = Random.Integer(4);

        protected override StepOutcome Advance(ReadOnlySpan<float> action, Span<float> observation)
        {
            double reward = action[0] == (seen + shift) % 4 ? 1 : 0;
            observation[0] = seen = Random.Integer(4);
            return new StepOutcome(reward);
        }

        protected override void TransferState(StateTransfer state) => state.Value(ref seen);
    }
}
