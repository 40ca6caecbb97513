namespace Proximal.Advantages;

/// <summary>Where the quantiles of <see cref="RiskAdvantage"/> come from.</summary>
public enum QuantileSource
{
    /// <summary>From <see cref="QuantileTracker"/>, as it stood before the batch.</summary>
    Track,

    /// <summary>From the scores of the batch, interpolated.</summary>
    Batch,

    /// <summary>The mean of both.</summary>
    Average,
}
