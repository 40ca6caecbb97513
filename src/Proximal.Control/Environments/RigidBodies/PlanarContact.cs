namespace Proximal.Control.Environments.RigidBodies;

/// <summary>A sphere on a link that the ground can touch.</summary>
/// <param name="Link">Index of the link.</param>
/// <param name="X">Where it lies along the link's own axes, seen from its joint (m).</param>
/// <param name="Z">Where it lies along the link's own axes, seen from its joint (m).</param>
/// <param name="Radius">Its radius (m).</param>
/// <param name="Friction">Coefficient of friction.</param>
public readonly record struct PlanarContact(int Link, double X, double Z, double Radius, double Friction);
