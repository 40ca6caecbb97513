namespace Proximal.Control.Environments.RigidBodies;

/// <summary>
/// A rigid link of a planar robot and the joint that holds it. Lengths are in meters, masses in kilograms, angles in radians, counterclockwise.
/// The first link is the root, which moves freely; what the record says of its joint is not used.
/// </summary>
public sealed record PlanarLink
{
    /// <summary>Index of the link that holds this one, lower than its own; -1 for the root.</summary>
    public int Parent { get; init; } = -1;

    /// <summary>Where the joint lies on the parent.</summary>
    public (double X, double Z) Anchor { get; init; }

    /// <summary>Where the center of mass lies, seen from the joint.</summary>
    public (double X, double Z) Center { get; init; }

    /// <summary>Mass (kg).</summary>
    public required double Mass { get; init; }

    /// <summary>Moment of inertia about the center of mass (kg m²).</summary>
    public required double Inertia { get; init; }

    /// <summary>Inertia of the motor of the joint (kg m²).</summary>
    public double Armature { get; init; }

    /// <summary>Torque of the joint against its velocity (N m s).</summary>
    public double Damping { get; init; }

    /// <summary>Torque of the joint towards <see cref="Rest"/> (N m).</summary>
    public double Stiffness { get; init; }

    /// <summary>Angle at which the spring of the joint is at rest.</summary>
    public double Rest { get; init; }

    /// <summary>Least and greatest angle of the joint.</summary>
    public (double Low, double High) Range { get; init; } = (double.NegativeInfinity, double.PositiveInfinity);

    /// <summary>Torque per radian (N m) beyond the range.</summary>
    public double LimitStiffness { get; init; } = 500;

    /// <summary>Torque against the velocity (N m s) beyond the range.</summary>
    public double LimitDamping { get; init; } = 20;

    /// <summary>Mass and moment of inertia about the center of a capsule of 1000 kg/m³ that swings in the plane of its axis.</summary>
    /// <param name="radius">Radius of the cylinder and of its half-spheres.</param>
    /// <param name="halfLength">Half the length of the cylinder.</param>
    public static (double Mass, double Inertia) Capsule(double radius, double halfLength)
    {
        const double Density = 1000;
        double cylinder = Density * Math.PI * radius * radius * 2 * halfLength, sphere = Density * 4 / 3 * Math.PI * radius * radius * radius;
        return (
            cylinder + sphere,
            (cylinder * ((radius * radius / 4) + (halfLength * halfLength / 3)))
            + (sphere * ((2 * radius * radius / 5) + (halfLength * halfLength) + (3 * halfLength * radius / 4))));
    }
}
