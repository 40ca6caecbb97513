namespace Proximal.Analysis.Curves;

/// <summary>What the band around the mean of several runs shows.</summary>
public enum BandKind
{
    /// <summary>No band.</summary>
    None,

    /// <summary>From the lowest to the highest run.</summary>
    Range,

    /// <summary>One standard error of the mean on both sides.</summary>
    StandardError,
}
