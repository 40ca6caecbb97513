using Proximal.Tensors;

namespace Proximal.Control.Environments.Wrappers;

/// <summary>An environment that changes what another one sees or says. Its copies wrap the copies of the other.</summary>
public abstract class EnvironmentWrapper : IEnvironment
{
    /// <summary>Wraps an environment.</summary>
    /// <param name="inner">The environment.</param>
    protected EnvironmentWrapper(IEnvironment inner)
    {
        ArgumentNullException.ThrowIfNull(inner);
        Inner = inner;
        Specification = inner.Specification;
    }

    /// <summary>The environment inside.</summary>
    public IEnvironment Inner { get; }

    /// <inheritdoc/>
    public EnvironmentSpecification Specification { get; protected init; }

    /// <inheritdoc/>
    public VectorEnvironment CreateVector(int count, Workers? workers = null) => Wrap(Inner.CreateVector(count, workers));

    /// <summary>Wraps copies.</summary>
    /// <param name="copies">Copies of the environment inside, which the wrapper owns from here on.</param>
    protected abstract VectorEnvironment Wrap(VectorEnvironment copies);
}
