namespace Proximal.Training;

/// <summary>Which experts the tokens of a mixture go through while the policy is updated.</summary>
public enum RoutingReplay
{
    /// <summary>Those that the routers choose as they are now.</summary>
    None,

    /// <summary>
    /// R2: those that the policy before the first update of the step chose, in every pass after that. The old log-probabilities are the policy's own, and
    /// ratios to them compare the same experts.
    /// </summary>
    Old,

    /// <summary>R3: those that the sampler went through, in the pass for old log-probabilities as well: trainer and sampler compare the same experts.</summary>
    Rollout,
}
