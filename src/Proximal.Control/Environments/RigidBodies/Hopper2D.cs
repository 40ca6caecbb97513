namespace Proximal.Control.Environments.RigidBodies;

/// <summary>
/// A torso on one leg of thigh, leg and foot that is to hop to the right: the planar model of Gymnasium's Hopper-v5, with its rewards, on
/// contacts that are springs. It is healthy while its root is above 0.7 m, its pitch below 0.2 rad and every other number below 100.
/// </summary>
public sealed class Hopper2D : PlanarLocomotion
{
    /// <summary>Creates the environment.</summary>
    public Hopper2D()
        : base("hopper2d", Model(), greatestTorque: 200, rewardThreshold: 3000)
    {
    }

    /// <summary>Links and contacts of the robot.</summary>
    public static PlanarModel Model()
    {
        PlanarLink joint = new() { Mass = 1, Inertia = 1, Armature = 1, Damping = 1 };
        return new()
        {
            Links =
            [
                Leg.Torso(),
                Leg.Thigh(joint, parent: 0),
                Leg.Shank(joint, parent: 1),
                Leg.Foot(joint, parent: 2, halfLength: 0.195, center: 0.065),
            ],
            Contacts =
            [
                new(3, -0.13, 0, 0.06, 2),
                new(3, 0.26, 0, 0.06, 2),
                Leg.Knee(thigh: 1),
                .. Leg.TorsoEnds(),
            ],
        };
    }

    /// <inheritdoc/>
    protected override SingleEnvironment NewCopy() => new Hopper2D();

    private protected override bool IsHealthy(ReadOnlySpan<double> position, ReadOnlySpan<double> velocity)
    {
        const double Limit = 100;
        return position[1] > 0.7 && Math.Abs(position[2]) < 0.2
            && !position[1..].ContainsAnyExceptInRange(-Limit, Limit) && !velocity.ContainsAnyExceptInRange(-Limit, Limit);
    }
}
