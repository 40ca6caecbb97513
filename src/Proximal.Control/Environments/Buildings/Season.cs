namespace Proximal.Control.Environments.Buildings;

/// <summary>Days of the year on which episodes begin.</summary>
public enum Season
{
    /// <summary>December to February, with the comfort zone of winter.</summary>
    Winter,

    /// <summary>June to August, with the comfort zone of summer.</summary>
    Summer,

    /// <summary>Any day, with the comfort zone of summer from May to September.</summary>
    Year,
}
