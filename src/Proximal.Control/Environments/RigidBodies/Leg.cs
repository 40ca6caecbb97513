namespace Proximal.Control.Environments.RigidBodies;

/// <summary>The parts that <see cref="Hopper2D"/> and <see cref="Walker2D"/> share.</summary>
internal static class Leg
{
    private const double Degree = Math.PI / 180, HalfTorso = 0.2, HalfThigh = 0.225, HalfShank = 0.25, BodyRadius = 0.05, BodyFriction = 0.9;

    public static PlanarLink Torso() => Capsule(new() { Mass = 1, Inertia = 1 }, BodyRadius, HalfTorso);

    public static PlanarLink Thigh(PlanarLink joint, int parent) => Capsule(joint, BodyRadius, HalfThigh) with
    {
        Parent = parent,
        Anchor = (0, -HalfTorso),
        Center = (0, -HalfThigh),
        Range = (-150 * Degree, 0),
    };

    public static PlanarLink Shank(PlanarLink joint, int parent) => Capsule(joint, 0.04, HalfShank) with
    {
        Parent = parent,
        Anchor = (0, -2 * HalfThigh),
        Center = (0, -HalfShank),
        Range = (-150 * Degree, 0),
    };

    public static PlanarLink Foot(PlanarLink joint, int parent, double halfLength, double center) => Capsule(joint, 0.06, halfLength) with
    {
        Parent = parent,
        Anchor = (0, -2 * HalfShank),
        Center = (center, 0),
        Range = (-45 * Degree, 45 * Degree),
    };

    public static PlanarContact Knee(int thigh) => new(thigh, 0, -2 * HalfThigh, BodyRadius, BodyFriction);

    public static PlanarContact[] TorsoEnds() => [new(0, 0, HalfTorso, BodyRadius, BodyFriction), new(0, 0, -HalfTorso, BodyRadius, BodyFriction)];

    private static PlanarLink Capsule(PlanarLink joint, double radius, double halfLength)
    {
        (double mass, double inertia) = PlanarLink.Capsule(radius, halfLength);
        return joint with { Mass = mass, Inertia = inertia };
    }
}
