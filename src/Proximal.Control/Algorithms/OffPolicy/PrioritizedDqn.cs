using Proximal.Control.Environments;
using Proximal.Tensors;

namespace Proximal.Control.Algorithms.OffPolicy;

/// <summary>
/// Prioritized replay (Schaul et al. 2016): P(i) = p_i^alpha / sum, p_i = |Q - y|, with importance weights; targets of Double DQN as in the paper.
/// </summary>
public sealed class PrioritizedDqn : Dqn
{
    /// <summary>Prepares learning.</summary>
    /// <param name="environment">An environment with discrete actions.</param>
    /// <param name="options">Settings; <see cref="Defaults"/> when null. What makes the method is switched on whatever they say.</param>
    /// <param name="seed">Seed of first weights, episodes, actions and batches.</param>
    /// <param name="workers">Threads of kernels; <see cref="Workers.Shared"/> when null. No part of the results.</param>
    /// <exception cref="ArgumentException">The actions are not discrete, or an option is outside its range.</exception>
    public PrioritizedDqn(IEnvironment environment, DqnOptions? options = null, ulong seed = 1, Workers? workers = null)
        : base("prioritized-dqn", environment, Apply(options ?? Defaults), seed, workers)
    {
    }

    /// <summary>The settings of the method.</summary>
    public static DqnOptions Defaults => Apply(new DqnOptions { PriorityAlpha = 0.6 });

    private static DqnOptions Apply(DqnOptions options) => options with { Prioritized = true, Double = true };
}
