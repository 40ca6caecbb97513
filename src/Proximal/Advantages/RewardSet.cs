namespace Proximal.Advantages;

/// <summary>Over which rewards a statistic is taken.</summary>
public enum RewardSet
{
    /// <summary>Over none: a mean of 0, a deviation of 1.</summary>
    None,

    /// <summary>Over the rollouts of one prompt.</summary>
    Group,

    /// <summary>Over all rollouts of the step.</summary>
    Batch,
}
