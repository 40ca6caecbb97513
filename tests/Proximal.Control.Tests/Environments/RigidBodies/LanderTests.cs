using Proximal.Control.Environments;
using Proximal.Control.Environments.RigidBodies;

namespace Proximal.Control.Tests.Environments.RigidBodies;

public sealed class LanderTests
{
    [Fact]
    public void Keeps_the_contract_of_environments()
    {
        EnvironmentContract.AssertKept(new Lander());
        EnvironmentContract.AssertKept(new Lander(new() { Continuous = true }));
    }

    [Fact]
    public void Engines_and_gravity_equal_the_worked_numbers()
    {
        (Lander environment, float[] observation) = OverFlatGround(continuous: false, 10, 40.0 / 3, 1, -1);
        environment.Step([0], observation);
        AssertClose([0.002, 1.406625, 0.2, -0.16, 0, 0, 0, 0], observation);
        StepOutcome outcome = environment.Step([2], observation);
        AssertClose([0.004, 1.403699, 0.2, -0.140061, 0, 0, 0, 0], observation);
        Assert.Equal(1.188083, outcome.Reward, 2e-5);
        environment.Step([1], observation);
        AssertClose([0.005903, 1.400172, 0.190320, -0.166728, 0.002364, 0.047271, 0, 0], observation);
    }

    [Fact]
    public void Full_throttles_equal_the_discrete_engines_and_half_throttles_give_less()
    {
        (Lander discrete, float[] expected) = OverFlatGround(continuous: false, 10, 12, 0, 0);
        (Lander continuous, float[] actual) = OverFlatGround(continuous: true, 10, 12, 0, 0);
        foreach ((float choice, float[] throttles) in new (float, float[])[] { (2, [1, 0]), (3, [0, 1]), (1, [-0.5f, -1]), (0, [0, 0.5f]), (2, [7, 0.2f]) })
        {
            StepOutcome one = discrete.Step([choice], expected), other = continuous.Step(throttles, actual);
            Assert.Equal(expected, actual);
            Assert.Equal(one.Reward, other.Reward);
        }

        (Lander half, float[] observation) = OverFlatGround(continuous: true, 10, 12, 0, 0);
        half.Step([0.5f, 0.75f], observation);
        AssertClose([0.75 * 0.6 * 0.4 / 4.958889 / 5, -0.75 * 0.6 * (14.0 / 30) * 0.4 / 0.94773 * 0.4], [observation[2], observation[5]]);
        Assert.Equal(((0.75 * 13 * 4 / 30 / 4.958889) - 0.2) * 6.666667 / 50, observation[3], 1e-6);
    }

    [Fact]
    public void A_soft_touch_lands_after_25_steps_of_rest_and_a_hard_one_crashes()
    {
        (Lander soft, float[] observation) = OverFlatGround(continuous: false, 10, (10.0 / 3) + 0.61, 0, -0.3);
        int resting = 0;
        StepOutcome outcome;
        do
        {
            outcome = soft.Step([0], observation);
            bool rests = observation[6] + observation[7] > 0 && Math.Abs(observation[3]) * 7.5 < 0.05 && Math.Abs(observation[5]) * 2.5 < 0.05;
            resting = rests ? resting + 1 : 0;
        }
        while (!outcome.Terminated);

        float[] metrics = new float[1];
        soft.WriteMetrics(metrics);
        Assert.Equal((100.0, 25, 1f), (outcome.Reward, resting, metrics[0]));

        (Lander hard, observation) = OverFlatGround(continuous: false, 10, (10.0 / 3) + 0.61, 0, -2.6);
        Assert.Equal(new StepOutcome(-100, Terminated: true), hard.Step([0], observation));
        hard.WriteMetrics(metrics);
        Assert.Equal(0, metrics[0]);
    }

    [Theory]
    [InlineData(19.99, 9, 2, 0)]
    [InlineData(10, 3.6, 0, 0)]
    [InlineData(10, 3.9, 0, 3.14159)]
    public void Leaving_the_world_and_touching_with_the_hull_crash(double x, double y, double velocityX, double angle)
    {
        (Lander environment, float[] observation) = OverFlatGround(continuous: false, x, y, velocityX, 0, angle);
        Assert.Equal(new StepOutcome(-100, Terminated: true), environment.Step([0], observation));
    }

    [Fact]
    public void Heuristic_no_engine_and_random_actions_return_what_they_should()
    {
        (double heuristic, _, double[] landed) = EnvironmentContract.Play(new Lander(), 120, 1, observation => Lander.Heuristic(observation));
        Assert.InRange(heuristic, 255, 287);
        Assert.InRange(landed[0], 0.95, 1);
        (double idle, _, _) = EnvironmentContract.Play(new Lander(), 120, 2, _ => 0);
        Assert.InRange(idle, -145, -105);
        EpisodeRandom random = new(3);
        (double chance, _, _) = EnvironmentContract.Play(new Lander(), 200, 3, _ => random.Integer(4));
        Assert.InRange(chance, -205, -150);
    }

    [Fact]
    public void A_scatter_outside_its_range_is_refused() =>
        Assert.StartsWith("'dispersion' is -1, expected 0 to 10.", Assert.Throws<ArgumentException>(() => new Lander(new() { Dispersion = -1 })).Message, StringComparison.Ordinal);

    private static (Lander Environment, float[] Observation) OverFlatGround(bool continuous, double x, double y, double velocityX, double velocityY, double angle = 0)
    {
        Lander environment = new(new() { Continuous = continuous, Dispersion = 0 });
        float[] observation = new float[8];
        environment.Reset(1, observation);
        environment.Flatten(10.0 / 3);
        environment.Place(x, y, velocityX, velocityY, angle);
        return (environment, observation);
    }

    private static void AssertClose(ReadOnlySpan<double> expected, ReadOnlySpan<float> actual)
    {
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], 1e-6);
        }
    }
}
