namespace Proximal.Ratios;

/// <summary>What <see cref="UnitProductRatio"/> takes as one action.</summary>
public enum RatioUnit
{
    /// <summary>A token.</summary>
    Token,

    /// <summary>A turn: a run of tokens that the policy wrote without being interrupted by an observation.</summary>
    Turn,

    /// <summary>All that the policy wrote in an episode.</summary>
    Trajectory,
}
