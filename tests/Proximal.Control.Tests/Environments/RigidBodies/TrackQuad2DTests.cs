using Proximal.Control.Environments;
using Proximal.Control.Environments.RigidBodies;
using Proximal.Control.Spaces;

namespace Proximal.Control.Tests.Environments.RigidBodies;

public sealed class TrackQuad2DTests
{
    private static readonly TrackQuadOptions Exact = new() { ResetNoise = 0, LowestCommand = 0, HighestCommand = 0 };

    [Fact]
    public void Keeps_the_contract_of_environments()
    {
        EnvironmentContract.AssertKept(new TrackQuad2D(), 200);
        EnvironmentContract.AssertKept(new TrackQuad2D(new() { RandomDomain = true, ObserveDomain = true, Disturbance = TrackQuadDisturbance.Pushes, CommandSeconds = 1 }), 300);
        EnvironmentContract.AssertKept(new TrackQuad2D(new() { Disturbance = TrackQuadDisturbance.Action }), 100);
    }

    [Fact]
    public void Standing_up_equals_the_worked_numbers()
    {
        (TrackQuad2D quad, float[] observation) = Started(Exact);
        quad.Step(new float[8], observation);
        Assert.Equal(0.30227648, quad.Robot.Position[1], 2e-8);
        Assert.Equal(0.00308183, quad.Robot.Position[2], 2e-8);
        for (int step = 2; step <= 10; step++)
        {
            quad.Step(new float[8], observation);
        }

        // Eight feet that stick and slip make a rounding error grow by nine orders of magnitude in these 100 time steps.
        Assert.Equal(0.29450025, quad.Robot.Position[1], 1e-5);
        Assert.Equal(-0.01233658, quad.Robot.Position[2], 1e-5);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(80, false)]
    [InlineData(110, true)]
    public void At_rest_it_stands_four_seconds_and_a_push_of_a_fifth_of_a_second_up_to_80_newtons(double push, bool falls)
    {
        (TrackQuad2D quad, float[] observation) = Started(Exact with { Schedule = [new(50, 10, push)] });
        StepOutcome outcome = default;
        for (int step = 0; step < 200 && !outcome.Terminated; step++)
        {
            outcome = quad.Step(new float[8], observation);
            Assert.Equal((step is >= 50 and < 60 ? push : 0, 0), quad.Force);
        }

        Assert.Equal(falls, outcome.Terminated);
        float[] metrics = new float[2];
        quad.WriteMetrics(metrics);
        Assert.Equal(falls ? 1 : 0, metrics[1]);
        Assert.True(!falls || outcome.Reward < -4);
    }

    [Fact]
    public void The_reward_is_the_sum_of_its_terms()
    {
        foreach (TrackQuadReward form in Enum.GetValues<TrackQuadReward>())
        {
            (TrackQuad2D quad, float[] observation) = Started(Exact with { LowestCommand = 0.8, HighestCommand = 0.8, Reward = form });
            float[] action = [0.1f, -0.2f, 0.3f, 0, 0, 0.1f, 5, 0];
            StepOutcome outcome = quad.Step(action, observation);
            double error = 0.8 - quad.Robot.Velocity[0], pitch = quad.Robot.Position[2], rate = quad.Robot.Velocity[2], height = quad.Robot.Position[1];
            double tracking = form == TrackQuadReward.Linear ? 1 - (Math.Abs(error) / 0.8) : Math.Exp(-error * error / 0.25);
            double change = 0.01 + 0.04 + 0.09 + 0.01 + 9;
            double withoutTorque = tracking - (pitch * pitch) - (0.005 * rate * rate) - (0.01 * change) - ((height - 0.28) * (height - 0.28));
            double squaredTorque = (withoutTorque - outcome.Reward) / 2e-5;
            Assert.InRange(squaredTorque, 50, 8 * 33.5 * 33.5);
            Assert.Equal(3, observation[4 + 16 + 6]);
            Assert.Equal(0.8f, observation[28]);
            Assert.Equal(Math.Sin(2 * Math.PI * 2.5 * 0.02), observation[29], 1e-6);
            Assert.Equal(Math.Cos(2 * Math.PI * 2.5 * 0.02), observation[30], 1e-6);
        }
    }

    [Fact]
    public void Commands_come_from_their_range_and_change_when_they_should()
    {
        (TrackQuad2D quad, float[] observation) = Started(new() { CommandSeconds = 0.2 });
        HashSet<double> commands = [];
        for (int step = 0; step < 40; step++)
        {
            double before = quad.Command;
            quad.Step(new float[8], observation);
            Assert.Equal((step + 1) % 10 == 0, before != quad.Command);
            Assert.InRange(quad.Command, -0.5, 1);
            commands.Add(quad.Command);
        }

        Assert.Equal(5, commands.Count);
    }

    [Fact]
    public void Random_pushes_come_every_two_seconds_for_a_fifth()
    {
        (TrackQuad2D quad, float[] observation) = Started(Exact with { Disturbance = TrackQuadDisturbance.Pushes });
        List<double> pushes = [];
        for (int step = 0; step < 400; step++)
        {
            quad.Step(new float[8], observation);
            (double x, double z) = quad.Force;
            Assert.Equal((step >= 100 && step % 100 < 10, 0.0), (x != 0, z));
            Assert.InRange(Math.Abs(x), 0, 60);
            if (x != 0)
            {
                pushes.Add(x);
            }
        }

        Assert.Equal(3, pushes.Distinct().Count());
    }

    [Fact]
    public void A_learned_disturber_acts_within_its_greatest_force_and_a_caller_for_one_step()
    {
        (TrackQuad2D quad, float[] observation) = Started(Exact with { Disturbance = TrackQuadDisturbance.Action, GreatestForce = 100 });
        quad.Step([0, 0, 0, 0, 0, 0, 0, 0, 0.3f, -0.4f], observation);
        Assert.Equal((30, -40), ((int)Math.Round(quad.Force.X), (int)Math.Round(quad.Force.Z)));
        quad.Step([0, 0, 0, 0, 0, 0, 0, 0, 3, 4], observation);
        Assert.Equal((60, 80), ((int)Math.Round(quad.Force.X), (int)Math.Round(quad.Force.Z)));

        (TrackQuad2D called, observation) = Started(Exact);
        called.Disturb(12, 3);
        called.Step(new float[8], observation);
        Assert.Equal((12, 3), called.Force);
        called.Step(new float[8], observation);
        Assert.Equal((0, 0), called.Force);
    }

    [Fact]
    public void Random_robots_come_from_their_ranges_and_can_be_observed()
    {
        foreach (double spread in new[] { 1, 1.3 })
        {
            TrackQuad2D quad = new(new() { RandomDomain = true, ObserveDomain = true, DomainSpread = spread });
            DictionarySpace space = Assert.IsType<DictionarySpace>(quad.Specification.Observations);
            float[] observation = new float[37];
            List<TrackQuadDomain> robots = [];
            for (ulong seed = 0; seed < 400; seed++)
            {
                quad.Reset(seed, observation);
                TrackQuadDomain robot = quad.Domain;
                robots.Add(robot);
                Assert.Equal(
                    [(float)robot.FrictionScale, (float)robot.Payload, (float)robot.StiffnessScale, (float)robot.DampingScale, (float)robot.MotorStrength, robot.Latency],
                    observation[space["domain"]]);
                Assert.Equal(robot.FrictionScale, quad.Robot.FrictionScale);
            }

            AssertSpread(robots.Select(robot => robot.FrictionScale), 0.8, 0.4 * spread);
            AssertSpread(robots.Select(robot => robot.Payload), 0.5, 1.5 * spread);
            AssertSpread(robots.Select(robot => robot.StiffnessScale), 1, 0.1 * spread);
            AssertSpread(robots.Select(robot => robot.DampingScale), 1, 0.1 * spread);
            AssertSpread(robots.Select(robot => robot.MotorStrength), 1, 0.2 * spread);
            Assert.InRange(robots.Average(robot => robot.Latency), 0.4, 0.6);
        }
    }

    [Fact]
    public void Latency_delays_an_action_by_a_step_and_the_other_parameters_change_the_motion()
    {
        float[] action = [1, 1, 1, 1, 1, 1, 1, 1], none = new float[8];
        (TrackQuad2D late, float[] lateObservation) = Started(Exact with { Domain = TrackQuadDomain.Nominal with { Latency = 1 } });
        (TrackQuad2D nominal, float[] observation) = Started(Exact);
        late.Step(action, lateObservation);
        nominal.Step(none, observation);
        Assert.Equal(nominal.Robot.Position, late.Robot.Position);
        late.Step(none, lateObservation);
        nominal.Step(action, observation);
        Assert.Equal(nominal.Robot.Position, late.Robot.Position);

        double[] usual = After(TrackQuadDomain.Nominal);
        Assert.NotEqual(usual, After(TrackQuadDomain.Nominal with { Payload = 2 }));
        Assert.NotEqual(usual, After(TrackQuadDomain.Nominal with { FrictionScale = 0.05 }));
        Assert.NotEqual(usual, After(TrackQuadDomain.Nominal with { StiffnessScale = 0.9 }));
        Assert.NotEqual(usual, After(TrackQuadDomain.Nominal with { DampingScale = 1.1 }));
        Assert.NotEqual(usual, After(TrackQuadDomain.Nominal with { MotorStrength = 0.8 }));
    }

    [Fact]
    public void Settings_outside_their_ranges_are_refused()
    {
        Assert.StartsWith("'lowest-command' is 2, expected at most 'highest-command', 1.", Refuse(new() { LowestCommand = 2 }), StringComparison.Ordinal);
        Assert.StartsWith("'Domain' has a latency", Refuse(new() { Domain = new(Latency: 2) }), StringComparison.Ordinal);
    }

    private static string Refuse(TrackQuadOptions options) => Assert.Throws<ArgumentException>(() => new TrackQuad2D(options)).Message;

    private static double[] After(TrackQuadDomain domain)
    {
        (TrackQuad2D quad, float[] observation) = Started(Exact with { Domain = domain, Schedule = [new(0, 20, 30)] });
        for (int step = 0; step < 20; step++)
        {
            quad.Step(new float[8], observation);
        }

        return quad.Robot.Position.ToArray();
    }

    private static void AssertSpread(IEnumerable<double> values, double middle, double half)
    {
        double[] all = [.. values];
        Assert.InRange(all.Min(), middle - half, middle - (0.95 * half));
        Assert.InRange(all.Max(), middle + (0.95 * half), middle + half);
    }

    private static (TrackQuad2D Environment, float[] Observation) Started(TrackQuadOptions options)
    {
        TrackQuad2D quad = new(options);
        float[] observation = new float[quad.Specification.Observations.Width];
        quad.Reset(1, observation);
        return (quad, observation);
    }
}
