using Proximal.Ratios;
using Proximal.Recipes;
using Proximal.Selection;

namespace Proximal.Objectives;

/// <summary>
/// Objectives for models that learn from each other's rollouts: F-TIS and what it is compared with. All of them are GRPO without the KL term; what differs is
/// the weight of a foreign token, and whether foreign rollouts are filtered. Without foreign rollouts they are all the same.
/// </summary>
public static class SharedRolloutObjectives
{
    /// <summary>Log-ratios are bounded by 20, so that this cap truncates nothing.</summary>
    private const double NoCap = 1e9;

    private static readonly ComponentChoice Truncated = new(TruncatedCorrection.Definition, new TruncatedCorrectionOptions { ForeignOnly = true });
    private static readonly ComponentChoice Plain = new(TruncatedCorrection.Definition, new TruncatedCorrectionOptions { ForeignOnly = true, Cap = NoCap });
    private static readonly ComponentChoice Filter = new(ForeignFilter.Definition);

    /// <summary>F-TIS.</summary>
    public static ObjectivePreset FilteredTruncated { get; } = new(Info("f-tis", "Foreign rollouts with capped importance weights, those that are wrong and far away dropped."))
    {
        Correction = Truncated,
        Selection = [Filter],
    };

    /// <summary>F-VIS: the filter, and importance weights without a cap.</summary>
    public static ObjectivePreset FilteredVanilla { get; } = new(Info("f-vis", "Foreign rollouts with importance weights, those that are wrong and far away dropped."))
    {
        Correction = Plain,
        Selection = [Filter],
    };

    /// <summary>F-NoIS: the filter alone.</summary>
    public static ObjectivePreset FilteredUnweighted { get; } = new(Info("f-nois", "Foreign rollouts like own ones, except that those that are wrong and far away are dropped."))
    {
        Selection = [Filter],
    };

    /// <summary>TIS on foreign rollouts: capped importance weights alone.</summary>
    public static ObjectivePreset SharedTruncated { get; } = new(Info("shared-tis", "Foreign rollouts with capped importance weights."))
    {
        Correction = Truncated,
    };

    /// <summary>VIS: importance weights without a cap.</summary>
    public static ObjectivePreset SharedVanilla { get; } = new(Info("shared-vis", "Foreign rollouts with importance weights."))
    {
        Correction = Plain,
    };

    /// <summary>NoIS: foreign rollouts as if they were the policy's own.</summary>
    public static ObjectivePreset SharedUnweighted { get; } = new(Info("shared-nois", "Foreign rollouts as if they were the policy's own."));

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ObjectivePreset> All { get; } = [FilteredTruncated, FilteredVanilla, FilteredUnweighted, SharedTruncated, SharedVanilla, SharedUnweighted];

    private static ComponentInfo Info(string key, string summary) => new(
        key,
        Seam.Objectives,
        summary,
        "L(θ) = Σ_{i,t} a_{i,t} ( m_{i,t} c_{i,t} ℓ_{i,t} + Σ_k p^k_{i,t} )",
        "F-TIS: Harnessing Diverse Models in Collaborative GRPO")
    {
        Mechanism = "Models that train side by side answer different prompts of a step and exchange the completions, so that each learns from all groups at the cost of generating its share. Advantages are computed inside a group, which is one model's. A foreign completion is off-policy for its receiver: weights between the receiver's and the generator's probability of each token correct for that, and a filter leaves out what is wrong and would never have been said.",
    };
}
