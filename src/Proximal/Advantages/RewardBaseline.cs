namespace Proximal.Advantages;

/// <summary>What <see cref="ReinforceAdvantage"/> subtracts from the reward.</summary>
public enum RewardBaseline
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A fixed number.</summary>
    Constant,

    /// <summary>An exponential moving average of the mean reward of past batches.</summary>
    MovingAverage,

    /// <summary>The reward of the greedy rollout of the prompt.</summary>
    Greedy,

    /// <summary>The mean reward of the group.</summary>
    GroupMean,
}
