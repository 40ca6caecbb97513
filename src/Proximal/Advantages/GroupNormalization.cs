namespace Proximal.Advantages;

/// <summary>What the centred rewards of a group are divided by.</summary>
public enum GroupNormalization
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The sample standard deviation (divides by G - 1) plus ε.</summary>
    SampleDeviation,

    /// <summary>The population standard deviation (divides by G) plus ε.</summary>
    PopulationDeviation,
}
