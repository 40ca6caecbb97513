namespace Proximal.Models.Generation;

/// <summary>How next tokens are drawn from logits.</summary>
public sealed record SamplingOptions
{
    /// <summary>Temperature: logits are divided by it; 0 takes the most likely token.</summary>
    public double Temperature { get; init; } = 1;

    /// <summary>Keeps the smallest set of tokens whose probability reaches this share (nucleus sampling, Holtzman et al. 2020); 1 keeps all.</summary>
    public double TopP { get; init; } = 1;

    /// <summary>Keeps tokens with at least this share of the largest probability (min-p, Nguyen et al. 2024); 0 keeps all.</summary>
    public double MinP { get; init; }

    /// <summary>Keeps this many most likely tokens; 0 keeps all.</summary>
    public int TopK { get; init; }

    /// <summary>Standard deviation of Gaussian noise that is added to every logit before anything else; 0 for none. It imitates an engine that differs from the trainer.</summary>
    public double LogitNoise { get; init; }

    /// <summary>Whether the distribution is the model's own: then the recorded log-probability is the trainer's, bit for bit.</summary>
    public bool IsModelDistribution => Temperature == 1 && TopP >= 1 && MinP <= 0 && TopK <= 0 && LogitNoise <= 0;

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value outside its range.</exception>
    public SamplingOptions Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(Temperature);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Temperature, 100);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(TopP);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(TopP, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(MinP);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MinP, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(TopK);
        ArgumentOutOfRangeException.ThrowIfNegative(LogitNoise);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(LogitNoise, 100);
        return this;
    }
}
