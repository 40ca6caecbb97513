using Proximal.Control.Environments.RigidBodies;

namespace Proximal.Control.Tests.Environments.RigidBodies;

public sealed class PlanarArticulationTests
{
    [Fact]
    public void Energy_is_kept_where_nothing_takes_it()
    {
        PlanarModel hopper = Hopper2D.Model();
        PlanarModel free = hopper with
        {
            Contacts = [],
            Links = [.. hopper.Links.Select(link => link with { Damping = 0, Range = (double.NegativeInfinity, double.PositiveInfinity) })],
        };
        PlanarArticulation robot = new(free);
        ((double[])[0, 50, 0.3, -0.4, -0.8, 0.2]).CopyTo(robot.Position);
        ((double[])[1, 2, 3, -4, 5, -6]).CopyTo(robot.Velocity);
        double before = robot.Energy();
        for (int step = 0; step < 150; step++)
        {
            robot.Step();
        }

        Assert.Equal(before, robot.Energy(), 1e-3 * before);
    }

    [Fact]
    public void A_single_link_falls_and_spins_as_a_rigid_body_does()
    {
        PlanarArticulation body = new(new() { Links = [new() { Mass = 2, Inertia = 0.5 }], Gravity = 10, TimeStep = 0.001 });
        body.Position[1] = 100;
        (body.Velocity[0], body.Velocity[2]) = (3, 0.7);
        body.Push(0, 4, 0);
        for (int step = 0; step < 1000; step++)
        {
            body.Step();
        }

        Assert.Equal(3 + 2.0, body.Velocity[0], 1e-9);
        Assert.Equal(100 - 5 - 0.005, body.Position[1], 1e-9);
        Assert.Equal(0.7, body.Position[2], 1e-9);
    }

    [Fact]
    public void A_pendulum_on_a_heavy_root_swings_with_its_period()
    {
        PlanarArticulation pendulum = new(new()
        {
            Links = [new() { Mass = 1e9, Inertia = 1e9 }, new() { Parent = 0, Center = (0, -1), Mass = 1, Inertia = 0 }],
            Contacts = [new(0, 0, 0, 0, 1)],
            ContactStiffness = 1e12,
            ContactDamping = 0,
        });
        pendulum.Position[1] = -9.81e9 / 1e12;
        pendulum.Position[3] = 0.02;
        int crossings = 0;
        double last = pendulum.Position[3];
        for (int step = 0; step < 10 * 1003; step++)
        {
            pendulum.Step();
            crossings += pendulum.Position[3] * last < 0 ? 1 : 0;
            last = pendulum.Position[3];
        }

        Assert.Equal(20, crossings);
    }

    [Fact]
    public void Standing_needs_the_weight_of_the_robot_and_its_payload_from_the_ground()
    {
        PlanarArticulation ball = new(new() { Links = [new() { Mass = 5, Inertia = 1 }], Contacts = [new(0, 0, 0, 0.1, 1)] });
        foreach (double payload in new double[] { 0, 3, -2 })
        {
            ball.SetPayload(0, payload);
            for (int step = 0; step < 3000; step++)
            {
                ball.Step();
            }

            Assert.Equal(0.1 - ((5 + payload) * 9.81 / 40_000), ball.Position[1], 1e-9);
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => ball.SetPayload(0, -5));
    }

    [Fact]
    public void Friction_holds_up_to_its_coefficient_and_slides_beyond()
    {
        foreach ((double scale, double expected) in new[] { (1.0, 0.0), (0.25, (30 - (0.25 * 5 * 9.81)) / 5) })
        {
            PlanarArticulation block = new(new() { Links = [new() { Mass = 5, Inertia = 1e9 }], Contacts = [new(0, 0, 0, 0.1, 1)], TimeStep = 0.001 });
            block.FrictionScale = scale;
            block.Position[1] = 0.1 - (5 * 9.81 / 40_000);
            block.Push(0, 30, 0);
            for (int step = 0; step < 1000; step++)
            {
                block.Step();
            }

            Assert.Equal(expected, block.Velocity[0], 0.09);
        }
    }

    [Fact]
    public void A_joint_beyond_its_range_is_driven_back_and_ground_can_have_a_shape()
    {
        PlanarArticulation arm = new(new()
        {
            Links = [new() { Mass = 1e9, Inertia = 1e9 }, new() { Parent = 0, Mass = 1, Inertia = 0.5, Range = (-0.5, 0.5) }],
            Gravity = 0,
        });
        arm.Position[3] = 0.7;
        for (int step = 0; step < 2000; step++)
        {
            arm.Step();
        }

        Assert.InRange(arm.Position[3], -0.5, 0.5001);

        PlanarArticulation ball = new(new() { Links = [new() { Mass = 5, Inertia = 1 }], Contacts = [new(0, 0, 0, 0.1, 1)], Ground = x => 2 });
        ball.Position[1] = 2.2;
        for (int step = 0; step < 3000; step++)
        {
            ball.Step();
        }

        Assert.Equal(2.1 - (5 * 9.81 / 40_000), ball.Position[1], 1e-9);
    }

    [Fact]
    public void Capsules_have_the_masses_and_inertias_of_the_robot()
    {
        (double, double)[] expected = [(3.665191, 0.069246), (4.057891, 0.093299), (2.781357, 0.072303), (5.315575, 0.103523)];
        PlanarModel model = Hopper2D.Model();
        for (int i = 0; i < 4; i++)
        {
            Assert.Equal(expected[i].Item1, model.Links[i].Mass, 1e-6);
            Assert.Equal(expected[i].Item2, model.Links[i].Inertia, 1e-6);
        }

        Assert.Equal(23.677, Walker2D.Model().Links.Sum(link => link.Mass), 1e-3);
    }

    [Fact]
    public void Links_that_are_no_tree_are_refused()
    {
        PlanarLink link = new() { Mass = 1, Inertia = 1 };
        Assert.StartsWith("Link 1 hangs on link 1, expected 0 to 0.", Refuse(new() { Links = [link, link with { Parent = 1 }] }), StringComparison.Ordinal);
        Assert.StartsWith("Link 0 has mass 0 and inertia 1", Refuse(new() { Links = [link with { Mass = 0 }] }), StringComparison.Ordinal);
        Assert.StartsWith("The robot has 0 links", Refuse(new() { Links = [] }), StringComparison.Ordinal);
        Assert.StartsWith("A contact lies on link 1", Refuse(new() { Links = [link], Contacts = [new(1, 0, 0, 1, 1)] }), StringComparison.Ordinal);
    }

    private static string Refuse(PlanarModel model) => Assert.Throws<ArgumentException>(() => new PlanarArticulation(model)).Message;
}
