using Proximal.Control.Environments;
using Proximal.Tensors;

namespace Proximal.Control.Algorithms;

/// <summary>What a learner is made for.</summary>
/// <param name="Environment">What is to be controlled, with its wrappers.</param>
/// <param name="Seed">Seed of first weights, episodes, actions and batches.</param>
/// <param name="Workers">Threads of kernels and environments.</param>
/// <param name="Data">Path of the data set of an offline algorithm; empty for others.</param>
public sealed record LearningTask(IEnvironment Environment, ulong Seed, Workers Workers, string Data = "")
{
    /// <summary>The environments over which an algorithm such as Reptile learns; empty for others.</summary>
    public IReadOnlyList<IEnvironment> Tasks { get; init; } = [];
}
