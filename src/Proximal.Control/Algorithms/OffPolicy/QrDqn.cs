using Proximal.Control.Environments;
using Proximal.Control.Values;
using Proximal.Tensors;

namespace Proximal.Control.Algorithms.OffPolicy;

/// <summary>
/// QR-DQN (Dabney et al. 2018): quantiles of the return by regression with Huber's loss, see <see cref="QuantileValues"/>.
/// </summary>
public sealed class QrDqn : Dqn
{
    /// <summary>Prepares learning.</summary>
    /// <param name="environment">An environment with discrete actions.</param>
    /// <param name="options">Settings; <see cref="Defaults"/> when null. What makes the method is switched on whatever they say.</param>
    /// <param name="seed">Seed of first weights, episodes, actions and batches.</param>
    /// <param name="workers">Threads of kernels; <see cref="Workers.Shared"/> when null. No part of the results.</param>
    /// <exception cref="ArgumentException">The actions are not discrete, or an option is outside its range.</exception>
    public QrDqn(IEnvironment environment, DqnOptions? options = null, ulong seed = 1, Workers? workers = null)
        : base("qr-dqn", environment, Apply(options ?? Defaults), seed, workers)
    {
    }

    /// <summary>The settings of the method.</summary>
    public static DqnOptions Defaults => Apply(new DqnOptions { Atoms = 50 });

    private static DqnOptions Apply(DqnOptions options) => options with { Distribution = ValueDistribution.Quantile };
}
