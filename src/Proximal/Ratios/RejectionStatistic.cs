namespace Proximal.Ratios;

/// <summary>The estimate of the divergence between sampler and trainer that <see cref="DivergenceRejection"/> looks at.</summary>
public enum RejectionStatistic
{
    /// <summary><c>q²/2</c>.</summary>
    K2,

    /// <summary><c>ρ - q - 1</c>.</summary>
    K3,
}
