using Proximal.Recipes;

namespace Proximal.Rollouts.Steps;

/// <summary>Groups of single steps: each begins where a right episode stands after some of its turns, and its reward is that of its one turn.</summary>
public sealed record GoldStepCollection : CollectionSettings
{
    /// <summary>What recipes see.</summary>
    public static ComponentDefinition<CollectionSettings, GoldStepCollection> Definition { get; } = new(
        new ComponentInfo(
            "gold-steps",
            Seam.Rollouts,
            "One turn from a state of a right episode, judged by the reward of that turn.",
            "s = (x, gold turns 1..t),  t ~ uniform{0..n};  y_i ~ π_θ(. | s) one turn,  R_i = r_step(s, y_i)",
            "Peng et al. 2025, Learning to Route Queries Across Knowledge Bases for Step-wise Retrieval-Augmented Reasoning (R1-Router), arXiv:2505.22095")
        {
            Mechanism = "The turns of a demonstration give every state of a right episode: the question, and the history up to there. A group are several attempts at the one next turn from the same state, each with the reward that the environment gives this turn, so credit never has to travel across turns, and no attempt suffers from the turns before it. Evaluation still plays whole episodes, which the policy has then never practised.",
        },
        new OptionSchema<GoldStepCollection>(() => new GoldStepCollection())
            .Flag("every-step", o => o.EveryStep, (o, v) => o with { EveryStep = v }, "Whether each problem gives a group for each of its steps; otherwise one for a step that is drawn."),
        settings => settings);

    /// <summary>Whether each problem gives a group for each step; otherwise one group for a step drawn uniformly.</summary>
    public bool EveryStep { get; init; }

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The environment cannot be gone back in.</exception>
    public override IRollouts Create(RolloutParts parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        return parts.Environment.IsReplayable
            ? new GoldStepRollouts(parts.OnPolicy(), this)
            : throw new InvalidDataException("policy.collection is 'gold-steps', which needs an environment that answers the same turns the same way again");
    }
}
