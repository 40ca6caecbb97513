using Proximal.Environments;
using Proximal.Recipes;

namespace Proximal.Rollouts;

/// <summary>
/// Rollouts in windows: a step generates at most so many tokens for each slot; finished sequences leave their slot to a new prompt, the others go on in
/// the next step. The batch of a step has every slot, with mask 1 on the tokens of its window.
/// </summary>
public sealed record PartialCollection : CollectionSettings
{
    /// <summary>What recipes see.</summary>
    public static ComponentDefinition<CollectionSettings, PartialCollection> Definition { get; } = new(
        new ComponentInfo(
            "partial",
            Seam.Rollouts,
            "Generates a window of tokens a step; unfinished responses go on in the next step.",
            "|y_i(k)| ≤ |y_i(k-1)| + w;  V(s_l) := V(s_{l-1}) at the cut",
            "Fan et al. 2025, Truncated Proximal Policy Optimization, arXiv:2506.15050")
        {
            Mechanism = "A step waits for no long response: each slot writes at most w tokens, the policy learns from them at once, and whoever has not finished keeps its prefix for the next step. The number of active slots is constant. At the cut the value of the next state is taken to be that of the last one, so unfinished responses have an advantage without an outcome. The critic learns from finished sequences only, all their tokens, with the outcome as the target, so that it never learns from its own estimates.",
        },
        new OptionSchema<PartialCollection>(() => new PartialCollection())
            .Integer("window", o => o.Window, (o, v) => o with { Window = v }, "w: the most tokens that a slot writes in a step.", 1, 1_048_576)
            .Integer("critic-batch", o => o.CriticBatch, (o, v) => o with { CriticBatch = v }, "Finished sequences that a batch of the critic has at least; 0 for as many as a step has slots.", 0, 1_000_000)
            .Flag("bootstrap", o => o.Bootstrap, (o, v) => o with { Bootstrap = v }, "Whether a cut is bootstrapped from the critic; without it the value after a cut is 0, as after an end."),
        settings => settings);

    /// <summary>w: the most tokens that a slot writes in a step. The paper's 8k of 24k is a third of the longest response.</summary>
    public int Window { get; init; } = 16;

    /// <summary>Finished sequences that a batch of the critic has at least; 0 for as many as a step has slots.</summary>
    public int CriticBatch { get; init; }

    /// <summary>Whether a cut is bootstrapped from the critic.</summary>
    public bool Bootstrap { get; init; } = true;

    /// <inheritdoc/>
    public override IRollouts Create(RolloutParts parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        if (parts.Rollouts != 1)
        {
            throw new InvalidDataException(FormattableString.Invariant($"policy.rollouts is {parts.Rollouts}, expected 1: with collection 'partial' every prompt has a slot of its own"));
        }

        return parts.Environment is SingleTurn
            ? new PartialRollouts(parts.OnPolicy(), parts.Task, this)
            : throw new InvalidDataException("policy.collection is 'partial', which goes with environment 'single-turn' only: an episode cannot wait between steps");
    }
}
