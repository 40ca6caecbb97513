using Proximal.Control.Environments;
using Proximal.Tensors;

namespace Proximal.Control.Algorithms.OffPolicy;

/// <summary>
/// The actors of Ape-X in one process (Horgan et al. 2018): copy i of N explores with epsilon^(1 + alpha i / (N - 1)) for good; prioritized replay, 3
/// steps, double, dueling.
/// </summary>
public sealed class ApexDqn : Dqn
{
    /// <summary>Prepares learning.</summary>
    /// <param name="environment">An environment with discrete actions.</param>
    /// <param name="options">Settings; <see cref="Defaults"/> when null. What makes the method is switched on whatever they say.</param>
    /// <param name="seed">Seed of first weights, episodes, actions and batches.</param>
    /// <param name="workers">Threads of kernels; <see cref="Workers.Shared"/> when null. No part of the results.</param>
    /// <exception cref="ArgumentException">The actions are not discrete, or an option is outside its range.</exception>
    public ApexDqn(IEnvironment environment, DqnOptions? options = null, ulong seed = 1, Workers? workers = null)
        : base("apex-dqn", environment, Apply(options ?? Defaults), seed, workers)
    {
    }

    /// <summary>The settings of the method.</summary>
    public static DqnOptions Defaults => Apply(new DqnOptions { Environments = 8, NSteps = 3, PriorityAlpha = 0.6 });

    private static DqnOptions Apply(DqnOptions options) => options with { ExplorationLadder = true, Prioritized = true, Double = true, Dueling = true, NSteps = Math.Max(2, options.NSteps) };
}
