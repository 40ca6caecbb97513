using Proximal.Control.Recipes;
using Proximal.Recipes;

namespace Proximal.Control.Algorithms.Evolution;

/// <summary>Settings of <see cref="AugmentedRandomSearch"/>.</summary>
public sealed record AugmentedRandomSearchOptions : EvolutionOptions
{
    /// <summary>Settings of V2: a linear policy of scaled observations.</summary>
    public AugmentedRandomSearchOptions() => ScaleObservations = true;

    /// <summary>Directions per iteration, N; each is tried forwards and backwards.</summary>
    public int Directions { get; init; } = 16;

    /// <summary>The directions that count, those whose better side has the largest returns, b; all of them where there are fewer.</summary>
    public int BestDirections { get; init; } = 8;

    /// <summary>Standard deviation of the noise, nu.</summary>
    public double NoiseDeviation { get; init; } = 0.03;

    /// <summary>The step size alpha.</summary>
    public double StepSize { get; init; } = 0.02;

    /// <summary>Key, type and range of the values.</summary>
    public static OptionSchema<AugmentedRandomSearchOptions> Schema { get; } = new OptionSchema<AugmentedRandomSearchOptions>(() => new AugmentedRandomSearchOptions())
        .Integer("directions", o => o.Directions, (o, v) => o with { Directions = v }, "Directions per iteration, N; each is tried forwards and backwards.", 1, 1_000_000)
        .Integer("best-directions", o => o.BestDirections, (o, v) => o with { BestDirections = v }, "The directions that count, b.", 1, 1_000_000)
        .Number("noise-deviation", o => o.NoiseDeviation, (o, v) => o with { NoiseDeviation = v }, "Standard deviation of the noise, nu.", 1e-9)
        .Number("step-size", o => o.StepSize, (o, v) => o with { StepSize = v }, "The step size alpha.", 1e-12, 1000)
        .Integer("episodes", o => o.EpisodesPerCandidate, (o, v) => o with { EpisodesPerCandidate = v }, "Episodes with which a candidate is judged.", 1, 10_000)
        .Flag("scale-observations", o => o.ScaleObservations, (o, v) => o with { ScaleObservations = v }, "Whether observations are scaled by the mean and deviation of all that candidates have seen.")
        .HiddenLayers("hidden", o => o.Hidden, (o, v) => o with { Hidden = v }, "Sizes of the policy's hidden layers; none for a linear policy.")
        .Nonlinearity(o => o.Activation, (o, v) => o with { Activation = v });

    internal override void Validate()
    {
        base.Validate();
        ArgumentOutOfRangeException.ThrowIfLessThan(Directions, 1, nameof(Directions));
        ArgumentOutOfRangeException.ThrowIfLessThan(BestDirections, 1, nameof(BestDirections));
        CheckPositive(NoiseDeviation, nameof(NoiseDeviation));
        CheckPositive(StepSize, nameof(StepSize));
    }
}
