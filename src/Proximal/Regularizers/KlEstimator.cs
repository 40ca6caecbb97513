namespace Proximal.Regularizers;

/// <summary>Per-token estimates of KL(π_θ || π_ref), with u = log π_θ - log π_ref.</summary>
public enum KlEstimator
{
    /// <summary><c>u</c>; unbiased as a value, but its expected gradient is zero.</summary>
    K1,

    /// <summary><c>u²/2</c>; its expected gradient is that of KL(π_θ || π_ref).</summary>
    K2,

    /// <summary><c>e^{-u} - 1 + u</c>; unbiased as a value, with the expected gradient of KL(π_ref || π_θ).</summary>
    K3,

    /// <summary><c>|u|</c>.</summary>
    Absolute,

    /// <summary>The exact divergence over the vocabulary.</summary>
    Full,

    /// <summary>The value of k1 with the gradient of k2.</summary>
    K1StraightThrough,

    /// <summary>The value of k3 with the gradient of k2.</summary>
    K3StraightThrough,
}
