namespace Proximal.Advantages;

/// <summary>Among which rollouts <see cref="GaussianRankAdvantage"/> ranks rewards.</summary>
public enum RankSet
{
    /// <summary>Among the rollouts of one prompt.</summary>
    Group,

    /// <summary>Among the rollouts of all prompts of a task.</summary>
    Task,

    /// <summary>Among all rollouts of the step.</summary>
    Batch,
}
