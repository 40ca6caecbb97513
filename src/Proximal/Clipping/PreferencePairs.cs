namespace Proximal.Clipping;

/// <summary>Which responses of a group <see cref="TrustRegionPreference"/> compares.</summary>
public enum PreferencePairs
{
    /// <summary>All of different levels.</summary>
    All,

    /// <summary>The first of the best with the first of the worst level, as in online DPO.</summary>
    BestWorst,
}
