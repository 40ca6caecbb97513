namespace Proximal.Analysis.Curves;

/// <summary>How an axis maps values to lengths.</summary>
public enum AxisScale
{
    /// <summary>Equal steps are equal lengths.</summary>
    Linear,

    /// <summary>Equal factors are equal lengths; values that are not positive are gaps.</summary>
    Logarithmic,
}
