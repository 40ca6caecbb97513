using Proximal.Control.Environments;
using Proximal.Control.Values;
using Proximal.Tensors;

namespace Proximal.Control.Algorithms.OffPolicy;

/// <summary>
/// Rainbow (Hessel et al. 2018): double, dueling, prioritized, n steps, noisy and distributional at once. Learning rate, frequencies and atoms are
/// those of <see cref="DqnOptions"/> and <see cref="C51"/>, for small environments.
/// </summary>
public sealed class Rainbow : Dqn
{
    /// <summary>Prepares learning.</summary>
    /// <param name="environment">An environment with discrete actions.</param>
    /// <param name="options">Settings; <see cref="Defaults"/> when null. What makes the method is switched on whatever they say.</param>
    /// <param name="seed">Seed of first weights, episodes, actions and batches.</param>
    /// <param name="workers">Threads of kernels; <see cref="Workers.Shared"/> when null. No part of the results.</param>
    /// <exception cref="ArgumentException">The actions are not discrete, or an option is outside its range.</exception>
    public Rainbow(IEnvironment environment, DqnOptions? options = null, ulong seed = 1, Workers? workers = null)
        : base("rainbow", environment, Apply(options ?? Defaults), seed, workers)
    {
    }

    /// <summary>The settings of the method.</summary>
    public static DqnOptions Defaults => Apply(new DqnOptions { NSteps = 3, Atoms = 101, MinimumValue = -100, MaximumValue = 100, AdamEpsilon = 1.5e-4, MaximumGradientNorm = 10 });

    private static DqnOptions Apply(DqnOptions options) => options with { Double = true, Dueling = true, Prioritized = true, Noisy = true, Distribution = ValueDistribution.Categorical };
}
