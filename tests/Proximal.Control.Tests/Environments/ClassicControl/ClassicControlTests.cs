using Proximal.Control.Environments;
using Proximal.Control.Environments.ClassicControl;
using Proximal.Control.Tests.Golden;

namespace Proximal.Control.Tests.Environments.ClassicControl;

public sealed class ClassicControlTests
{
    public static TheoryData<string> Names { get; } = ["cartpole", "mountaincar", "mountaincar-continuous", "pendulum", "acrobot"];

    [Theory]
    [InlineData("cartpole", new[] { 0.01, -0.02, 0.03, 0.04 }, 1, new[] { 0.0096, 0.17467920, 0.0308, -0.24306872 }, 1)]
    [InlineData("cartpole", new[] { 0.01, -0.02, 0.03, 0.04 }, 0, new[] { 0.0096, -0.21553902, 0.0308, 0.34199522 }, 1)]
    [InlineData("mountaincar", new[] { -0.5, 0 }, 2, new[] { -0.49917684, 0.00082316 }, -1)]
    [InlineData("mountaincar-continuous", new[] { -0.5, 0 }, 1, new[] { -0.49867684, 0.00132316 }, -0.1)]
    [InlineData("pendulum", new[] { 1, 0.5 }, 2, new[] { 1.07155516, 1.43110324 }, -1.029)]
    [InlineData("acrobot", new[] { 0.1, -0.05, 0.02, 0.03 }, 2, new[] { 0.07757166, 0.00451521, -0.23773392, 0.50175481 }, -1)]
    [InlineData("acrobot", new[] { 0.0, 0, 0, 0 }, 2, new[] { -0.01326297, 0.03428723, -0.12866185, 0.33450109 }, -1)]
    public void A_step_equals_the_worked_numbers(string name, double[] state, int action, double[] expected, double reward)
    {
        SingleEnvironment environment = Create(name);
        EnvironmentState.Set(environment, state);
        StepOutcome outcome = environment.Step([action], new float[environment.Specification.Observations.Width]);
        double[] actual = EnvironmentState.Get(environment, state.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], 6e-9);
        }

        Assert.Equal(reward, outcome.Reward, 1e-12);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Keeps_the_contract_of_environments(string name) => EnvironmentContract.AssertKept(Create(name));

    [Theory]
    [InlineData("cartpole", 500, 475.0)]
    [InlineData("mountaincar", 200, -110.0)]
    [InlineData("mountaincar-continuous", 999, 90.0)]
    [InlineData("pendulum", 200, -200.0)]
    [InlineData("acrobot", 500, -100.0)]
    public void Limits_and_thresholds_are_those_of_the_field(string name, int limit, double threshold)
    {
        EnvironmentSpecification specification = Create(name).Specification;
        Assert.Equal(limit, specification.MaximumSteps);
        Assert.Equal(threshold, specification.RewardThreshold);
    }

    [Fact]
    public void A_force_below_zero_pushes_the_other_way()
    {
        double[] state = [0.01, -0.02, 0.03, 0.04];
        CartPole usual = new(), reversed = new(new() { Force = -10 });
        EnvironmentState.Set(usual, state);
        EnvironmentState.Set(reversed, state);
        usual.Step([0], new float[4]);
        reversed.Step([1], new float[4]);
        Assert.Equal(EnvironmentState.Get(usual, 4), EnvironmentState.Get(reversed, 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CartPole(new() { Force = 1001 }));
        Assert.Null(reversed.Specification.RewardThreshold);
    }

    [Fact]
    public void The_cart_and_pole_of_sutton_and_barto_rewards_nothing_but_punishes_the_end()
    {
        CartPole environment = new(new() { SuttonBartoReward = true, MaximumSteps = 200 });
        float[] observation = new float[4];
        environment.Reset(1, observation);
        StepOutcome outcome;
        do
        {
            outcome = environment.Step([1], observation);
            Assert.Equal(outcome.Terminated ? -1 : 0, outcome.Reward);
        }
        while (!outcome.Terminated);

        Assert.Equal(200, environment.Specification.MaximumSteps);
        Assert.Equal(195, new CartPole(new() { MaximumSteps = 200 }).Specification.RewardThreshold);
        Assert.Throws<ArgumentOutOfRangeException>(() => new CartPole(new() { MaximumSteps = 0 }));
    }

    [Fact]
    public void First_states_are_uniform_over_the_ranges_of_gymnasium()
    {
        (string Name, (double Low, double High)[] Ranges)[] cases =
        [
            ("cartpole", [(-0.05, 0.05), (-0.05, 0.05), (-0.05, 0.05), (-0.05, 0.05)]),
            ("mountaincar", [(-0.6, -0.4)]),
            ("mountaincar-continuous", [(-0.6, -0.4)]),
            ("pendulum", [(-Math.PI, Math.PI), (-1, 1)]),
            ("acrobot", [(-0.1, 0.1), (-0.1, 0.1), (-0.1, 0.1), (-0.1, 0.1)]),
        ];
        foreach ((string name, (double Low, double High)[] ranges) in cases)
        {
            SingleEnvironment environment = Create(name);
            float[] observation = new float[environment.Specification.Observations.Width];
            int variables = name is "mountaincar" or "mountaincar-continuous" ? 2 : ranges.Length;
            double[] sums = new double[variables], lowest = new double[variables], highest = new double[variables];
            Array.Fill(lowest, double.MaxValue);
            Array.Fill(highest, double.MinValue);
            const int Episodes = 4000;
            for (int episode = 0; episode < Episodes; episode++)
            {
                environment.Reset(new EpisodeRandom(3, 0, episode), observation);
                double[] state = EnvironmentState.Get(environment, variables);
                for (int i = 0; i < variables; i++)
                {
                    sums[i] += state[i];
                    lowest[i] = Math.Min(lowest[i], state[i]);
                    highest[i] = Math.Max(highest[i], state[i]);
                }
            }

            for (int i = 0; i < ranges.Length; i++)
            {
                double width = ranges[i].High - ranges[i].Low;
                Assert.InRange(lowest[i], ranges[i].Low, ranges[i].Low + (0.01 * width));
                Assert.InRange(highest[i], ranges[i].High - (0.01 * width), ranges[i].High);
                Assert.Equal((ranges[i].Low + ranges[i].High) / 2, sums[i] / Episodes, 0.02 * width);
            }
        }
    }

    [Fact]
    public void The_car_that_always_pushes_the_way_it_rolls_reaches_the_goal()
    {
        MountainCar discrete = new();
        (double total, double length, _) = EnvironmentContract.Play(discrete, 50, 1, observation => observation[1] < 0 ? 0 : 2);
        Assert.Equal(-length, total, 1e-9);
        Assert.InRange(length, 80, 160);
        (total, length, _) = EnvironmentContract.Play(new MountainCarContinuous(), 50, 1, observation => observation[1] < 0 ? -1 : 1);
        Assert.Equal(100 - (0.1 * length), total, 1e-6);
        Assert.True(total > 85);
    }

    internal static SingleEnvironment Create(string name) => name switch
    {
        "cartpole" => new CartPole(),
        "mountaincar" => new MountainCar(),
        "mountaincar-continuous" => new MountainCarContinuous(),
        "pendulum" => new Pendulum(),
        _ => new Acrobot(),
    };
}
