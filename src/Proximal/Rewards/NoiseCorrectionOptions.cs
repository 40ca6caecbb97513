using Proximal.Recipes;

namespace Proximal.Rewards;

/// <summary>Options of <see cref="NoiseCorrection"/> and of <see cref="Advantages.ForwardCorrectionAdvantage"/>.</summary>
public sealed record NoiseCorrectionOptions : VerifierRates
{
    /// <summary>The share of the answers called wrong that are checked again to estimate ρ1; 0 takes ρ1 as given.</summary>
    public double Appeals { get; init; }

    /// <summary>Share of the old estimate in each update of ρ1.</summary>
    public double Decay { get; init; } = 0.9;

    /// <summary>Whether answers that the second check calls right get the reward 1.</summary>
    public bool Restore { get; init; }

    /// <summary>Whether the forward weights are centred in the group.</summary>
    public bool Centre { get; init; }

    /// <summary>Keys, ranges and documentation of the backward correction.</summary>
    public static new OptionSchema<NoiseCorrectionOptions> Schema { get; } = WithAppeals();

    /// <summary>Keys, ranges and documentation of the forward correction.</summary>
    public static OptionSchema<NoiseCorrectionOptions> ForwardSchema { get; } = WithAppeals()
        .Flag("centre", o => o.Centre, (o, v) => o with { Centre = v }, "Subtract the mean of the group from the weights.");

    private static OptionSchema<NoiseCorrectionOptions> WithAppeals() => CreateSchema(() => new NoiseCorrectionOptions())
        .Number("appeals", o => o.Appeals, (o, v) => o with { Appeals = v }, "Share of the answers called wrong that are checked again to estimate ρ1; 0 takes ρ1 as given.", 0, 1)
        .Number("decay", o => o.Decay, (o, v) => o with { Decay = v }, "Share of the old estimate in each update of ρ1.", 0, 1)
        .Flag("restore", o => o.Restore, (o, v) => o with { Restore = v }, "Answers that the second check calls right get the reward 1.");
}
