namespace Proximal.Control.Policies;

/// <summary>Sizes of a <see cref="FlowPolicy"/>.</summary>
public sealed record FlowPolicySettings
{
    /// <summary>Widths of the hidden layers.</summary>
    public IReadOnlyList<int> Hidden { get; init; } = [64, 64];

    /// <summary>Steps from noise to an action.</summary>
    public int Steps { get; init; } = 10;

    /// <summary>a, the noise of the stochastic path.</summary>
    public double Noise { get; init; } = 0.7;

    /// <summary>How far times are moved towards the noise; 1 leaves them even.</summary>
    public double Shift { get; init; } = 1;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Steps, 2, nameof(Steps));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Steps, 10_000, nameof(Steps));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Noise, nameof(Noise));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Shift, nameof(Shift));
        ArgumentOutOfRangeException.ThrowIfLessThan(Hidden.Count, 1, nameof(Hidden));
    }
}
