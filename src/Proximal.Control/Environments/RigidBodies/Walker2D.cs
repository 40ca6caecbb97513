namespace Proximal.Control.Environments.RigidBodies;

/// <summary>
/// A torso on two legs of thigh, leg and foot that is to walk to the right: the planar model of Gymnasium's Walker2d-v5, with its rewards, on
/// contacts that are springs. It is healthy while its root is between 0.8 m and 2 m and its pitch below 1 rad.
/// </summary>
public sealed class Walker2D : PlanarLocomotion
{
    /// <summary>Creates the environment.</summary>
    public Walker2D()
        : base("walker2d", Model(), greatestTorque: 100, rewardThreshold: null)
    {
    }

    /// <summary>Links and contacts of the robot.</summary>
    public static PlanarModel Model()
    {
        PlanarLink joint = new() { Mass = 1, Inertia = 1, Armature = 0.01, Damping = 0.1 };
        List<PlanarLink> links = [Leg.Torso()];
        List<PlanarContact> contacts = [.. Leg.TorsoEnds()];
        for (int thigh = 1; thigh <= 4; thigh += 3)
        {
            links.Add(Leg.Thigh(joint, parent: 0));
            links.Add(Leg.Shank(joint, parent: thigh));
            links.Add(Leg.Foot(joint, parent: thigh + 1, halfLength: 0.1, center: 0.1));
            contacts.Add(new(thigh + 2, 0, 0, 0.06, 1.9));
            contacts.Add(new(thigh + 2, 0.2, 0, 0.06, 1.9));
            contacts.Add(Leg.Knee(thigh));
        }

        return new() { Links = links, Contacts = contacts };
    }

    /// <inheritdoc/>
    protected override SingleEnvironment NewCopy() => new Walker2D();

    private protected override bool IsHealthy(ReadOnlySpan<double> position, ReadOnlySpan<double> velocity) =>
        position[1] is > 0.8 and < 2 && Math.Abs(position[2]) < 1;
}
