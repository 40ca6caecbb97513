namespace Proximal.Control.Policies;

/// <summary>Sizes of a <see cref="DecisionTransformerPolicy"/> and the return it follows.</summary>
public sealed record DecisionTransformerSettings
{
    /// <summary>Steps of context, K; 1 to 4096.</summary>
    public int Context { get; init; } = 20;

    /// <summary>Numbers per token, a multiple of the heads.</summary>
    public int Width { get; init; } = 128;

    /// <summary>Layers.</summary>
    public int Layers { get; init; } = 3;

    /// <summary>Heads of attention.</summary>
    public int Heads { get; init; } = 1;

    /// <summary>Probability of dropout in training, in [0, 1).</summary>
    public double Dropout { get; init; } = 0.1;

    /// <summary>The longest episode: later steps share the last embedding of time.</summary>
    public int LongestEpisode { get; init; } = 1000;

    /// <summary>By which returns are divided before the network sees them, above 0.</summary>
    public double ReturnScale { get; init; } = 1000;

    /// <summary>Whether the network sees returns; without them it imitates.</summary>
    public bool ConditionOnReturn { get; init; } = true;

    /// <summary>The return the policy is asked for.</summary>
    public double TargetReturn { get; init; }

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Context, 1, nameof(Context));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Context, 4096, nameof(Context));
        ArgumentOutOfRangeException.ThrowIfLessThan(Width, 1, nameof(Width));
        ArgumentOutOfRangeException.ThrowIfLessThan(Layers, 1, nameof(Layers));
        ArgumentOutOfRangeException.ThrowIfLessThan(Heads, 1, nameof(Heads));
        ArgumentOutOfRangeException.ThrowIfLessThan(LongestEpisode, 1, nameof(LongestEpisode));
        if (Width % Heads != 0)
        {
            throw new ArgumentException($"A {nameof(Width)} of {Width} cannot be divided by {Heads} {nameof(Heads)}.");
        }

        if (!(Dropout is >= 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(Dropout), Dropout, "The probability must be in [0, 1).");
        }

        if (!(ReturnScale > 0 && double.IsFinite(ReturnScale)) || !double.IsFinite(TargetReturn))
        {
            throw new ArgumentOutOfRangeException(nameof(ReturnScale), ReturnScale, $"The scale must be above 0 and the target {TargetReturn} finite.");
        }
    }
}
