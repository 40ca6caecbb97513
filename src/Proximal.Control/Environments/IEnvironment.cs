using Proximal.Tensors;

namespace Proximal.Control.Environments;

/// <summary>An environment with its settings, from which learners make as many copies as they need.</summary>
public interface IEnvironment
{
    /// <summary>Spaces, limits and names.</summary>
    EnvironmentSpecification Specification { get; }

    /// <summary>Makes copies that are stepped together.</summary>
    /// <param name="count">Number of copies.</param>
    /// <param name="workers">Threads that share the copies; the calling thread alone when null.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is not positive.</exception>
    VectorEnvironment CreateVector(int count, Workers? workers = null);
}
