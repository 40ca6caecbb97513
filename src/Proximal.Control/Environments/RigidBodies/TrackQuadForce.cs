namespace Proximal.Control.Environments.RigidBodies;

/// <summary>A force on the trunk of <see cref="TrackQuad2D"/> at a fixed time of every episode.</summary>
/// <param name="FirstStep">The first control step with the force, counted from 0.</param>
/// <param name="Steps">How many control steps of 0.02 s it lasts.</param>
/// <param name="X">Force to the right (N).</param>
/// <param name="Z">Force upwards (N).</param>
public readonly record struct TrackQuadForce(int FirstStep, int Steps, double X, double Z = 0);
