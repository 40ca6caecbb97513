namespace Proximal.Control.Algorithms.Offline;

/// <summary>Settings of <see cref="Td3Bc"/>.</summary>
public sealed record Td3BcOptions : ValueLearningOptions
{
    /// <summary>alpha: how much the critic counts against the data.</summary>
    public double Alpha { get; init; } = 2.5;

    /// <summary>Updates of the critics between updates of the policy.</summary>
    public int PolicyDelay { get; init; } = 2;

    /// <summary>Deviation of the noise of target actions.</summary>
    public double TargetNoise { get; init; } = 0.2;

    /// <summary>Bound of that noise.</summary>
    public double TargetNoiseClip { get; init; } = 0.5;

    internal override void Validate()
    {
        base.Validate();
        ArgumentOutOfRangeException.ThrowIfNegative(Alpha, nameof(Alpha));
        ArgumentOutOfRangeException.ThrowIfLessThan(PolicyDelay, 1, nameof(PolicyDelay));
        ArgumentOutOfRangeException.ThrowIfNegative(TargetNoise, nameof(TargetNoise));
        ArgumentOutOfRangeException.ThrowIfNegative(TargetNoiseClip, nameof(TargetNoiseClip));
    }
}
