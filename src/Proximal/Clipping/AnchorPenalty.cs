namespace Proximal.Clipping;

/// <summary>What holds <see cref="RegularizedReinforce"/> near the policy that the data came from.</summary>
public enum AnchorPenalty
{
    /// <summary>Nothing but the mask.</summary>
    None,

    /// <summary><c>τ (log π_θ - log π_old)²</c>: online mirror descent as in Kimi k1.5.</summary>
    Squared,

    /// <summary><c>-τ log π_θ</c>: the forward divergence of AsymRE, the same as raising every advantage by τ.</summary>
    Forward,
}
