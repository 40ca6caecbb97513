using Proximal.Recipes;

namespace Proximal.Clipping;

/// <summary>Options of <see cref="TrustRegionPreference"/>.</summary>
public sealed record TrustRegionPreferenceOptions
{
    /// <summary>β: the slope of a preference.</summary>
    public double Beta { get; init; } = 0.1;

    /// <summary>s_1: how much steeper the pairs are that a right response wins.</summary>
    public double BestSlope { get; init; } = 2.5;

    /// <summary>c_tr: weight of the divergence from the policy before the first update.</summary>
    public double TrustRegion { get; init; } = 0.001;

    /// <summary>Whether that term is <c>c √(KL + 0.25)</c> instead of <c>c KL</c>.</summary>
    public bool RootTrustRegion { get; init; }

    /// <summary>What log-ratios are measured from.</summary>
    public PreferenceAnchor Anchor { get; init; } = PreferenceAnchor.Reference;

    /// <summary>Which responses are compared.</summary>
    public PreferencePairs Pairs { get; init; } = PreferencePairs.All;

    /// <summary>Keys, ranges and documentation.</summary>
    public static OptionSchema<TrustRegionPreferenceOptions> Schema { get; } = new OptionSchema<TrustRegionPreferenceOptions>(() => new TrustRegionPreferenceOptions())
        .Number("beta", o => o.Beta, (o, v) => o with { Beta = v }, "β: the slope of a preference.", 1e-9, 1e6)
        .Number("best-slope", o => o.BestSlope, (o, v) => o with { BestSlope = v }, "s_1: how much steeper the pairs are that a right response wins.", 0, 1e6)
        .Number("trust-region", o => o.TrustRegion, (o, v) => o with { TrustRegion = v }, "c_tr: weight of the divergence from the policy before the first update.", 0, 1e6)
        .Flag("root-trust-region", o => o.RootTrustRegion, (o, v) => o with { RootTrustRegion = v }, "c √(KL + 0.25) instead of c KL.")
        .Choice("anchor", o => o.Anchor, (o, v) => o with { Anchor = v }, "What log-ratios are measured from.", ("reference", PreferenceAnchor.Reference), ("old", PreferenceAnchor.Old))
        .Choice("pairs", o => o.Pairs, (o, v) => o with { Pairs = v }, "Which responses are compared.", ("all", PreferencePairs.All), ("best-worst", PreferencePairs.BestWorst));
}
