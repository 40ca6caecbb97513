namespace Proximal.Clipping;

/// <summary>Which tokens of <see cref="RegularizedReinforce"/> keep their policy gradient.</summary>
public enum RegionMask
{
    /// <summary>All.</summary>
    None,

    /// <summary>Those to which PPO's clip leaves a gradient: <c>A ≥ 0, r ≤ 1+ε_h</c> or <c>A ≤ 0, r ≥ 1-ε_l</c>.</summary>
    OneSide,

    /// <summary><c>1-ε_l ≤ r ≤ 1+ε_h</c>.</summary>
    TwoSide,

    /// <summary>The two-sided set, and tokens far away on the harmless side: <c>A ≥ 0, r ≤ 1-ε_l'</c> or <c>A ≤ 0, r ≥ 1+ε_h'</c>.</summary>
    Ring,
}
