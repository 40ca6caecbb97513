namespace Proximal.Control.Values;

/// <summary>What a network says about the return of an action.</summary>
public enum ValueDistribution
{
    /// <summary>Its mean, Q.</summary>
    Mean,

    /// <summary>Probabilities of fixed atoms (C51), see <see cref="CategoricalValues"/>.</summary>
    Categorical,

    /// <summary>Quantiles (QR-DQN), see <see cref="QuantileValues"/>.</summary>
    Quantile,
}
