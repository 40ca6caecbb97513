namespace Proximal.Control.Environments.RigidBodies;

/// <summary>Who pushes the trunk of <see cref="TrackQuad2D"/>.</summary>
public enum TrackQuadDisturbance
{
    /// <summary>Nobody but <see cref="TrackQuadOptions.Schedule"/> and <see cref="TrackQuad2D.Disturb"/>.</summary>
    None = 0,

    /// <summary>Chance: a push to either side, of up to <see cref="TrackQuadOptions.GreatestForce"/>, for 0.2 s, every 2 s.</summary>
    Pushes = 1,

    /// <summary>A learned disturber: two more numbers of the action are the force in units of <see cref="TrackQuadOptions.GreatestForce"/>, whose
    /// length is limited to 1.</summary>
    Action = 2,
}
