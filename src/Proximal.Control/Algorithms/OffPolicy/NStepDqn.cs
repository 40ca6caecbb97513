using Proximal.Control.Environments;
using Proximal.Tensors;

namespace Proximal.Control.Algorithms.OffPolicy;

/// <summary>
/// DQN with targets of n steps: y = sum_{k&lt;n} gamma^k r_{t+k} + gamma^n c max_a Q'(s_{t+n}, a), cut at the end of an episode (Sutton 1988; Hessel et al. 2018).
/// </summary>
public sealed class NStepDqn : Dqn
{
    /// <summary>Prepares learning.</summary>
    /// <param name="environment">An environment with discrete actions.</param>
    /// <param name="options">Settings; <see cref="Defaults"/> when null. What makes the method is switched on whatever they say.</param>
    /// <param name="seed">Seed of first weights, episodes, actions and batches.</param>
    /// <param name="workers">Threads of kernels; <see cref="Workers.Shared"/> when null. No part of the results.</param>
    /// <exception cref="ArgumentException">The actions are not discrete, or an option is outside its range.</exception>
    public NStepDqn(IEnvironment environment, DqnOptions? options = null, ulong seed = 1, Workers? workers = null)
        : base("n-step-dqn", environment, Apply(options ?? Defaults), seed, workers)
    {
    }

    /// <summary>The settings of the method.</summary>
    public static DqnOptions Defaults => Apply(new DqnOptions { NSteps = 3 });

    private static DqnOptions Apply(DqnOptions options) => options with { NSteps = Math.Max(2, options.NSteps) };
}
