namespace Proximal.Tensors.Random;

/// <summary>What the random numbers of a world are for; see <see cref="SuiteRandom.OfWorld"/>.</summary>
public enum WorldStream
{
    /// <summary>The world itself.</summary>
    World = 0,

    /// <summary>The task in it.</summary>
    Task = 1,

    /// <summary>What happens in an episode.</summary>
    Dynamics = 2,

    /// <summary>Mistakes of the scripted expert.</summary>
    ExpertNoise = 3,

    /// <summary>Choice of words.</summary>
    Paraphrase = 4,

    /// <summary>Other players.</summary>
    Opponents = 5,
}
