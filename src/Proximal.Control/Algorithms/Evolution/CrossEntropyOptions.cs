using Proximal.Control.Recipes;
using Proximal.Recipes;

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

    /// <summary>Key, type and range of the values.</summary>
    public static OptionSchema<CrossEntropyOptions> Schema { get; } = new OptionSchema<CrossEntropyOptions>(() => new CrossEntropyOptions())
        .Integer("population", o => o.Population, (o, v) => o with { Population = v }, "Candidates per iteration.", 2, 1_000_000)
        .Number("elite-share", o => o.EliteShare, (o, v) => o with { EliteShare = v }, "The share of candidates to which the distribution is fitted.", 0, 1)
        .Number("first-deviation", o => o.FirstDeviation, (o, v) => o with { FirstDeviation = v }, "Standard deviation of the first distribution.", 1e-9)
        .Number("extra-noise", o => o.ExtraNoise, (o, v) => o with { ExtraNoise = v }, "Noise added to the variance at first; it falls to 0.", 0)
        .Integer("extra-noise-iterations", o => o.ExtraNoiseIterations, (o, v) => o with { ExtraNoiseIterations = v }, "Iterations over which the added noise falls to 0.", 1)
        .Integer("episodes", o => o.EpisodesPerCandidate, (o, v) => o with { EpisodesPerCandidate = v }, "Episodes with which a candidate is judged.", 1, 10_000)
        .Flag("scale-observations", o => o.ScaleObservations, (o, v) => o with { ScaleObservations = v }, "Whether observations are scaled by the mean and deviation of all that candidates have seen.")
        .HiddenLayers("hidden", o => o.Hidden, (o, v) => o with { Hidden = v }, "Sizes of the policy's hidden layers; none for a linear policy.")
        .Nonlinearity(o => o.Activation, (o, v) => o with { Activation = v })
        .Rule(o => o.EliteShare > 0 ? null : "'elite-share' is 0, expected more than 0");

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
