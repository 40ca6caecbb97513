namespace Proximal.Control.Environments.RigidBodies;

/// <summary>A planar robot: a tree of links, and the spheres at which the ground can touch them.</summary>
public sealed record PlanarModel
{
    /// <summary>The links, 1 to 16; every one after its parent.</summary>
    public required IReadOnlyList<PlanarLink> Links { get; init; }

    /// <summary>The spheres.</summary>
    public IReadOnlyList<PlanarContact> Contacts { get; init; } = [];

    /// <summary>Force of the ground per depth of penetration (N/m).</summary>
    public double ContactStiffness { get; init; } = 40_000;

    /// <summary>Force of the ground against the velocity of penetration (N s/m).</summary>
    public double ContactDamping { get; init; } = 400;

    /// <summary>Force of the ground against sliding (N s/m), up to friction times the normal force.</summary>
    public double SlidingDamping { get; init; } = 400;

    /// <summary>Acceleration of gravity (m/s²).</summary>
    public double Gravity { get; init; } = 9.81;

    /// <summary>Length of a step of the integration (s).</summary>
    public double TimeStep { get; init; } = 0.002;

    /// <summary>Height of the ground at a position; flat at 0 when null.</summary>
    public Func<double, double>? Ground { get; init; }
}
