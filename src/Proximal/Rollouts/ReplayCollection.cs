using Proximal.Recipes;

namespace Proximal.Rollouts;

/// <summary>A share of every batch comes from the rollouts of the last steps; from a step on all rollouts are fresh and a batch is gone through once.</summary>
public sealed record ReplayCollection : CollectionSettings
{
    /// <summary>What recipes see.</summary>
    public static ComponentDefinition<CollectionSettings, ReplayCollection> Definition { get; } = new(
        new ComponentInfo(
            "replay",
            Seam.Rollouts,
            "Mixes fresh rollouts with those of the last steps, until a step from which all are fresh.",
            "batch_k = (1-p) B groups of π_k and p B of π_{k-i}, i ~ uniform{1..N}, for k < T;  B groups of π_k and one pass from T on",
            "Liang et al. 2025, Squeeze the Soaked Sponge (ReMix), arXiv:2507.06892")
        {
            Mechanism = "Generating rollouts is the dearest part of a step, so old ones are used again: whole groups, with the log-probabilities of the policy that produced them and the rewards that they had. They make early learning fast and later wrong, so after T steps the buffer is emptied, every rollout is fresh, and each batch is gone through once.",
        },
        new OptionSchema<ReplayCollection>(() => new ReplayCollection())
            .Number("share", o => o.Share, (o, v) => o with { Share = v }, "p: share of the groups of a batch that are replayed.", 0, 0.95)
            .Integer("window", o => o.Window, (o, v) => o with { Window = v }, "N: steps whose rollouts are kept.", 1, 1000)
            .Integer("until", o => o.Until, (o, v) => o with { Until = v }, "T: step from which everything is fresh; 0 for never.", 0, 100_000_000),
        settings => settings);

    /// <summary>p: share of the groups of a batch that are replayed.</summary>
    public double Share { get; init; } = 0.4;

    /// <summary>N: steps whose rollouts are kept.</summary>
    public int Window { get; init; } = 2;

    /// <summary>T: step from which everything is fresh; 0 for never.</summary>
    public int Until { get; init; } = 50;

    /// <inheritdoc/>
    public override IRollouts Create(RolloutParts parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        return new ReplayRollouts(parts.OnPolicy(), parts.Task, this, parts.ResponseBudget);
    }
}
