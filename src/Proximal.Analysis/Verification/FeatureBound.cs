namespace Proximal.Analysis.Verification;

/// <summary>What of a feature is meant: its value, or a bound of the leaf's box.</summary>
public enum FeatureBound
{
    /// <summary>The value, at every input of the box.</summary>
    Value,

    /// <summary>The lower bound of the box, written <c>feature.low</c>.</summary>
    Low,

    /// <summary>The upper bound of the box, written <c>feature.high</c>.</summary>
    High,
}
