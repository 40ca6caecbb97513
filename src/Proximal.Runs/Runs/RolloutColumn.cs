namespace Proximal.Runs;

/// <summary>Names of the columns of a <see cref="RecordedPath"/>: one number for each token from root to leaf, as the last update of the step saw it.</summary>
public static class RolloutColumn
{
    /// <summary>1 on tokens that the policy wrote and that count, 0 elsewhere.</summary>
    public const string Mask = "mask";

    /// <summary>Log-probability under the distribution that really produced the token, in nats; 0 for tokens that were given.</summary>
    public const string Behaviour = "behaviour";

    /// <summary>Log-probability under the policy before the first update of the step, in nats.</summary>
    public const string Old = "old";

    /// <summary>Log-probability under the policy when the last update began, in nats.</summary>
    public const string Current = "current";

    /// <summary>Log-probability under the frozen reference, in nats; only where the objective uses one.</summary>
    public const string Reference = "reference";

    /// <summary>Entropy of the policy's distribution, in nats.</summary>
    public const string Entropy = "entropy";

    /// <summary>Importance ratio that the objective computed; missing where no update was done, as while a critic warms up.</summary>
    public const string Ratio = "ratio";

    /// <summary>Why the objective changed the gradient: the sum of 1 (the clip of the trust region), 2 (the dual-clip floor) and 4 (covariance); 0 where it did not.</summary>
    public const string Clipped = "clipped";

    /// <summary>Advantage.</summary>
    public const string Advantage = "advantage";

    /// <summary>Factor that selection put on the loss of the token; selections that are made anew for every update are left out.</summary>
    public const string Weight = "weight";

    /// <summary>
    /// Divergence from the reference, in nats; only where the objective uses one: KL(policy ‖ reference) over the vocabulary where the objective has that, else its
    /// k3 estimate <c>exp(d) - d - 1</c> with <c>d = reference - current</c>.
    /// </summary>
    public const string Divergence = "kl";

    /// <summary>Reward given at the token, outcome included on the last token of the policy.</summary>
    public const string TokenReward = "token-reward";

    /// <summary>The critic's value of the state before the token; only where there is a critic.</summary>
    public const string Value = "value";
}
