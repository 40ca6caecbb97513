namespace Proximal.Analysis.Trees;

/// <summary>Where the inputs lie on which a teacher is asked.</summary>
public enum InputSampling
{
    /// <summary>Near rows of the history, with normal noise relative to the spread of each feature.</summary>
    Historical,

    /// <summary>Uniform in the box from the smallest to the largest value of each feature in the history.</summary>
    Uniform,
}
