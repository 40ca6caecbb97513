using Proximal.Control.Policies;
using Proximal.Models.Networks;

namespace Proximal.Control.Learning;

/// <summary>What all learners share that update a policy with its own rollouts.</summary>
public abstract record OnPolicyOptions
{
    /// <summary>Copies of the environment, N.</summary>
    public int Environments { get; init; } = 4;

    /// <summary>Steps of every copy per iteration, T.</summary>
    public int Steps { get; init; } = 128;

    /// <summary>Discount, gamma.</summary>
    public double Discount { get; init; } = 0.99;

    /// <summary>Lambda of generalized advantage estimation.</summary>
    public double GaeLambda { get; init; } = 0.95;

    /// <summary>The learning rate, at the beginning where it is annealed.</summary>
    public double LearningRate { get; init; } = 2.5e-4;

    /// <summary>Whether the learning rate falls linearly to 0 at the end of learning.</summary>
    public bool AnnealLearningRate { get; init; } = true;

    /// <summary>Whether a truncated episode is worth what its last observation is: gamma V(final observation) is added to the last reward.</summary>
    public bool BootstrapOnTruncation { get; init; } = true;

    /// <summary>Layers of actor and critic.</summary>
    public NetworkSettings Network { get; init; } = new();

    /// <summary>Whether actor and critic share all layers but the last; always so with a memory.</summary>
    public bool SharedNetwork { get; init; }

    /// <summary>The logarithm of the standard deviations at the beginning, for actions in a box.</summary>
    public double InitialLogStandardDeviation { get; init; }

    /// <summary>Whether observations are brought to mean 0 and variance 1 by running statistics, which belong to the policy.</summary>
    public bool NormalizeObservations { get; init; }

    /// <summary>Largest magnitude of normalized observations.</summary>
    public double ObservationClip { get; init; } = 10;

    /// <summary>Whether rewards are divided by the standard deviation of the discounted returns so far.</summary>
    public bool NormalizeRewards { get; init; }

    /// <summary>Largest magnitude of normalized rewards.</summary>
    public double RewardClip { get; init; } = 10;

    /// <summary>The settings of the policy.</summary>
    internal ActorCriticSettings Policy => new()
    {
        Network = Network,
        Shared = SharedNetwork,
        InitialLogStandardDeviation = InitialLogStandardDeviation,
        NormalizeObservations = NormalizeObservations,
        ObservationClip = ObservationClip,
    };

    /// <summary>Refuses settings outside their ranges.</summary>
    /// <exception cref="ArgumentException">A setting is outside its range; the message names it.</exception>
    public virtual void Validate()
    {
        ArgumentNullException.ThrowIfNull(Network);
        OptionCheck.AtLeast(Environments, nameof(Environments), 1);
        OptionCheck.AtLeast(Steps, nameof(Steps), 1);
        OptionCheck.Share(Discount, nameof(Discount));
        OptionCheck.Share(GaeLambda, nameof(GaeLambda));
        OptionCheck.NotNegative(LearningRate, nameof(LearningRate));
        OptionCheck.Positive(ObservationClip, nameof(ObservationClip));
        OptionCheck.Positive(RewardClip, nameof(RewardClip));
        Network.Validate();
    }
}
