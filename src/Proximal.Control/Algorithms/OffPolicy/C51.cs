using Proximal.Control.Environments;
using Proximal.Control.Values;
using Proximal.Tensors;

namespace Proximal.Control.Algorithms.OffPolicy;

/// <summary>
/// C51 (Bellemare, Dabney and Munos 2017): the distribution of the return over fixed atoms, with the projected Bellman target and cross-entropy, see
/// <see cref="CategoricalValues"/>. The atoms must span the returns: 101 over +-100 by default, as CleanRL has for CartPole.
/// </summary>
public sealed class C51 : Dqn
{
    /// <summary>Prepares learning.</summary>
    /// <param name="environment">An environment with discrete actions.</param>
    /// <param name="options">Settings; <see cref="Defaults"/> when null. What makes the method is switched on whatever they say.</param>
    /// <param name="seed">Seed of first weights, episodes, actions and batches.</param>
    /// <param name="workers">Threads of kernels; <see cref="Workers.Shared"/> when null. No part of the results.</param>
    /// <exception cref="ArgumentException">The actions are not discrete, or an option is outside its range.</exception>
    public C51(IEnvironment environment, DqnOptions? options = null, ulong seed = 1, Workers? workers = null)
        : base("c51", environment, Apply(options ?? Defaults), seed, workers)
    {
    }

    /// <summary>The settings of the method.</summary>
    public static DqnOptions Defaults => Apply(new DqnOptions { Atoms = 101, MinimumValue = -100, MaximumValue = 100 });

    private static DqnOptions Apply(DqnOptions options) => options with { Distribution = ValueDistribution.Categorical };
}
