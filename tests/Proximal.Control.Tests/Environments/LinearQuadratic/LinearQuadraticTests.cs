using Proximal.Control.Environments;
using Proximal.Control.Environments.LinearQuadratic;

namespace Proximal.Control.Tests.Environments.LinearQuadratic;

public sealed class LinearQuadraticTests
{
    [Theory]
    [InlineData(3, 1.845756, -0.768869, 0.085430)]
    [InlineData(2, 1.960202, -0.872911, 0.218228)]
    [InlineData(1.5, 2.197218, -1.088380, 0.48372)]
    [InlineData(double.PositiveInfinity, 1.773771, -0.703428, 0)]
    public void Costs_and_gains_of_the_scalar_system_equal_the_worked_numbers(double eta, double cost, double inputGain, double disturbanceGain)
    {
        RiccatiSolution solution = RiccatiSolution.Solve(LinearSystem.Scalar, eta)!;
        Assert.Equal(cost, solution.Cost[0], 1e-6);
        Assert.Equal(inputGain, solution.InputGain[0], 1e-6);
        Assert.Equal(disturbanceGain, solution.DisturbanceGain[0], 1e-5);
    }

    [Fact]
    public void Bounds_that_no_controller_keeps_are_reported()
    {
        Assert.NotNull(RiccatiSolution.Solve(LinearSystem.Scalar, 1.487));
        Assert.Null(RiccatiSolution.Solve(LinearSystem.Scalar, 1.486));
        Assert.Null(RiccatiSolution.Solve(LinearSystem.Scalar, 1.4));
    }

    [Fact]
    public void The_cost_of_the_regulated_cart_pole_is_the_sum_along_its_way()
    {
        LinearSystem system = LinearSystem.CartPole;
        RiccatiSolution solution = RiccatiSolution.Solve(system)!;
        double[] state = [0.1, -0.2, 0.05, 0.1], next = new double[4];
        double expected = 0, sum = 0;
        for (int i = 0; i < 4; i++)
        {
            for (int j = 0; j < 4; j++)
            {
                expected += state[i] * solution.Cost[(4 * i) + j] * state[j];
            }
        }

        for (int step = 0; step < 5000; step++)
        {
            double u = state.Zip(solution.InputGain, (x, k) => x * k).Sum();
            sum += (u * u) + state.Sum(x => x * x);
            system.Advance(state, u, 0, next);
            (state, next) = (next, state);
        }

        Assert.Equal(expected, sum, 1e-6 * expected);
        Assert.All(state, value => Assert.Equal(0, value, 1e-6));
    }

    [Fact]
    public void The_linear_cart_pole_follows_the_true_one_about_its_rest()
    {
        double[] next = new double[4];
        LinearSystem.CartPole.Advance([0.01, -0.02, 0.03, 0.04], 1, 0, next);
        Assert.Equal([0.0096, 0.17467920, 0.0308, -0.24306872], next, (a, b) => Math.Abs(a - b) < 3e-4);
    }

    [Fact]
    public void The_reward_is_minus_the_cost_and_escapes_end_the_episode()
    {
        LinearQuadraticRegulation environment = new();
        float[] observation = new float[1];
        environment.Reset(1, observation);
        environment.SetState([2]);
        Assert.Equal(new StepOutcome(-5), environment.Step([-1], observation));
        Assert.Equal(1.2f, observation[0], 1e-6f);
        environment.SetState([950]);
        Assert.True(environment.Step([0], observation).Terminated);
        EnvironmentContract.AssertKept(new LinearQuadraticRegulation(LinearSystem.CartPole, sigma: 0.1, maximumSteps: 30));
    }
}
