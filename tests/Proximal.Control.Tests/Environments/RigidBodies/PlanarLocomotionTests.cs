using Proximal.Control.Environments;
using Proximal.Control.Environments.RigidBodies;

namespace Proximal.Control.Tests.Environments.RigidBodies;

public sealed class PlanarLocomotionTests
{
    [Fact]
    public void Hopper_and_walker_keep_the_contract_of_environments()
    {
        EnvironmentContract.AssertKept(new Hopper2D(), 300);
        EnvironmentContract.AssertKept(new Walker2D(), 300);
    }

    [Fact]
    public void The_hopper_equals_the_worked_numbers()
    {
        Hopper2D hopper = AtRest(new Hopper2D());
        float[] observation = new float[11];
        StepOutcome outcome = hopper.Step([0.1f, -0.2f, 0.3f], observation);
        AssertClose([-0.00004977, 1.24957568, -0.00002982, 0.00077891, -0.00151054, 0.00221851], hopper.Robot.Position);
        Assert.Equal((hopper.Robot.Position[0] / 0.008) + 1 - (0.001 * 0.14), outcome.Reward, 1e-8);
        Assert.False(outcome.Terminated);
        for (int step = 2; step <= 10; step++)
        {
            hopper.Step([0.1f, -0.2f, 0.3f], observation);
        }

        AssertClose([-0.00507891, 1.21532586, 0.02087873, 0.03386519, -0.11960814, 0.17631834], hopper.Robot.Position);
        Assert.Equal((float)hopper.Robot.Position[1], observation[0]);
        Assert.Equal((float)hopper.Robot.Velocity[0], observation[5]);
    }

    [Fact]
    public void The_walker_equals_the_worked_numbers()
    {
        Walker2D walker = AtRest(new Walker2D());
        float[] observation = new float[17];
        for (int step = 1; step <= 10; step++)
        {
            walker.Step([0.1f, -0.2f, 0.1f, -0.1f, -0.1f, 0.2f], observation);
        }

        AssertClose([-0.04426653, 1.19056488, 0.21295071], walker.Robot.Position[..3]);
    }

    [Fact]
    public void Random_actions_return_what_they_should()
    {
        (double hopper, double hops) = PlayAtRandom(new Hopper2D(), 400);
        Assert.InRange(hopper, 19, 26);
        Assert.InRange(hops, 24, 31);
        (double walker, double steps) = PlayAtRandom(new Walker2D(), 400);
        Assert.InRange(walker, 3, 9);
        Assert.InRange(steps, 23, 31);
    }

    [Fact]
    public void Fallen_robots_end_their_episodes_and_report_the_distance()
    {
        Hopper2D hopper = AtRest(new Hopper2D());
        (hopper.Robot.Position[0], hopper.Robot.Position[2]) = (3, 0.21);
        StepOutcome outcome = hopper.Step([0, 0, 0], new float[11]);
        Assert.True(outcome.Terminated);
        Assert.True(outcome.Reward < 0.5);
        float[] metrics = new float[1];
        hopper.WriteMetrics(metrics);
        Assert.Equal(3, metrics[0], 0.1f);
        Walker2D walker = AtRest(new Walker2D());
        walker.Robot.Position[1] = 2.1;
        Assert.True(walker.Step([0, 0, 0, 0, 0, 0], new float[17]).Terminated);
    }

    internal static T AtRest<T>(T environment)
        where T : PlanarLocomotion
    {
        environment.Reset(1, new float[environment.Specification.Observations.Width]);
        environment.Robot.Clear();
        environment.Robot.Position[1] = 1.25;
        return environment;
    }

    private static (double Return, double Length) PlayAtRandom(SingleEnvironment environment, int episodes)
    {
        float[] observation = new float[environment.Specification.Observations.Width], action = new float[environment.Specification.Actions.Width];
        EpisodeRandom random = new(7);
        double total = 0, length = 0;
        for (int episode = 0; episode < episodes; episode++)
        {
            environment.Reset(new EpisodeRandom(5, 0, episode), observation);
            StepOutcome outcome;
            do
            {
                environment.Specification.Actions.Sample(ref random, action);
                outcome = environment.Step(action, observation);
                total += outcome.Reward;
            }
            while (!outcome.Terminated && !outcome.Truncated);

            length += environment.Steps;
        }

        return (total / episodes, length / episodes);
    }

    private static void AssertClose(ReadOnlySpan<double> expected, ReadOnlySpan<double> actual)
    {
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], 2e-8);
        }
    }
}
