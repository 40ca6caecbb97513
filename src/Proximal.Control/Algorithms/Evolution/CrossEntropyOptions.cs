namespace Proximal.Control.Algorithms.Evolution;

/// <summary>Settings of <see cref="CrossEntropyMethod"/>.</summary>
public sealed record CrossEntropyOptions : EvolutionOptions
{
    /// <summary>Candidates per iteration, 2 or more.</summary>
    public int Population { get; init; } = 100;

    /// <summary>The share of candidates to which the distribution is fitted, in (0, 1].</summary>
    public double EliteShare { get; init; } = 0.2;

    /// <summary>Standard deviation of the first distribution.</summary>
    public double FirstDeviation { get; init; } = 1;

    /// <summary>Noise added to the variance at first; it falls to 0 over <see cref="ExtraNoiseIterations"/>.</summary>
    public double ExtraNoise { get; init; } = 0.25;

    /// <summary>Iterations over which the added noise falls to 0.</summary>
    public int ExtraNoiseIterations { get; init; } = 50;

    /// <summary>Candidates to which the distribution is fitted.</summary>
    internal int Elites => Math.Max(1, (int)Math.Round(EliteShare * Population));

    internal override void Validate()
    {
        base.Validate();
        ArgumentOutOfRangeException.ThrowIfLessThan(Population, 2, nameof(Population));
        CheckPositive(FirstDeviation, nameof(FirstDeviation));
        ArgumentOutOfRangeException.ThrowIfNegative(ExtraNoise, nameof(ExtraNoise));
        ArgumentOutOfRangeException.ThrowIfLessThan(ExtraNoiseIterations, 1, nameof(ExtraNoiseIterations));
        if (!(EliteShare is > 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(EliteShare), EliteShare, "The share must be in (0, 1].");
        }
    }
}
