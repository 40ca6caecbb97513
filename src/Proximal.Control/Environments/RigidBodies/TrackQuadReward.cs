namespace Proximal.Control.Environments.RigidBodies;

/// <summary>How <see cref="TrackQuad2D"/> rewards the speed v for the commanded one v*.</summary>
public enum TrackQuadReward
{
    /// <summary>1 - |v* - v| / max(0.5, |v*|), clipped to ±1.</summary>
    Linear = 0,

    /// <summary>exp(-(v* - v)² / 0.25), as in legged_gym (Rudin et al. 2021).</summary>
    Exponential = 1,
}
