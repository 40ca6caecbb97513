using Proximal.Control.Environments;
using Proximal.Tensors;

namespace Proximal.Control.Algorithms.OffPolicy;

/// <summary>
/// Double DQN (van Hasselt, Guez and Silver 2016): y = r + gamma c Q'(s', argmax_a Q(s', a)), which is never more than the target of
/// <see cref="Dqn"/>.
/// </summary>
public sealed class DoubleDqn : Dqn
{
    /// <summary>Prepares learning.</summary>
    /// <param name="environment">An environment with discrete actions.</param>
    /// <param name="options">Settings; <see cref="Defaults"/> when null. What makes the method is switched on whatever they say.</param>
    /// <param name="seed">Seed of first weights, episodes, actions and batches.</param>
    /// <param name="workers">Threads of kernels; <see cref="Workers.Shared"/> when null. No part of the results.</param>
    /// <exception cref="ArgumentException">The actions are not discrete, or an option is outside its range.</exception>
    public DoubleDqn(IEnvironment environment, DqnOptions? options = null, ulong seed = 1, Workers? workers = null)
        : base("double-dqn", environment, Apply(options ?? Defaults), seed, workers)
    {
    }

    /// <summary>The settings of the method.</summary>
    public static DqnOptions Defaults => Apply(new DqnOptions());

    private static DqnOptions Apply(DqnOptions options) => options with { Double = true };
}
