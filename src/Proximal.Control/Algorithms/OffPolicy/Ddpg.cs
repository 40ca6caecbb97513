using Proximal.Control.Environments;
using Proximal.Tensors;

namespace Proximal.Control.Algorithms.OffPolicy;

/// <summary>
/// Deep deterministic policy gradient (Lillicrap et al. 2016): y = r + gamma c Q'(s', pi'(s')), the actor climbs Q(s, pi(s)). It is
/// <see cref="Td3"/> with one critic and no noise on target actions; the actor learns at every second update as CleanRL has it.
/// </summary>
public sealed class Ddpg : Td3
{
    /// <summary>Prepares learning.</summary>
    /// <param name="environment">An environment with actions of a bounded box.</param>
    /// <param name="options">Settings; <see cref="Defaults"/> when null. One critic and no noise on target actions whatever they say.</param>
    /// <param name="seed">Seed of first weights, episodes, actions and batches.</param>
    /// <param name="workers">Threads of kernels; <see cref="Workers.Shared"/> when null. No part of the results.</param>
    /// <exception cref="ArgumentException">The actions are no bounded box, or an option is outside its range.</exception>
    public Ddpg(IEnvironment environment, Td3Options? options = null, ulong seed = 1, Workers? workers = null)
        : base("ddpg", environment, Apply(options ?? Defaults), seed, workers)
    {
    }

    /// <summary>The settings of the method.</summary>
    public static Td3Options Defaults => Apply(new Td3Options());

    private static Td3Options Apply(Td3Options options) => options with { Critics = 1, TargetNoise = 0 };
}
