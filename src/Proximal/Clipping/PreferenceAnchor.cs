namespace Proximal.Clipping;

/// <summary>What <see cref="TrustRegionPreference"/> measures log-ratios from.</summary>
public enum PreferenceAnchor
{
    /// <summary>The frozen reference model, as in the published code.</summary>
    Reference,

    /// <summary>The policy before the first update of the step, as in the theory.</summary>
    Old,
}
