namespace Proximal.Ratios;

/// <summary>What <see cref="CumulativeRatio"/> makes of the log-ratios up to a token.</summary>
public enum CumulativeMode
{
    /// <summary>Their sum: the ratio of the prefix with the token.</summary>
    Product,

    /// <summary>Their mean: the geometric mean of the token ratios so far.</summary>
    GeometricMean,
}
