using Proximal.Recipes;

namespace Proximal.Control.Recipes;

/// <summary>How and when the policy is tried on episodes that it does not learn from.</summary>
public sealed record ControlEvaluationSettings
{
    /// <summary>Episodes of an evaluation.</summary>
    public int Episodes { get; init; } = 20;

    /// <summary>Steps between evaluations; 0 for one before and one after learning.</summary>
    public int Every { get; init; }

    /// <summary>Whether the most likely action is taken instead of a sampled one.</summary>
    public bool Deterministic { get; init; } = true;

    /// <summary>Key, type and range of the values.</summary>
    public static OptionSchema<ControlEvaluationSettings> Schema { get; } = new OptionSchema<ControlEvaluationSettings>(() => new ControlEvaluationSettings())
        .Integer("episodes", e => e.Episodes, (e, v) => e with { Episodes = v }, "Episodes of an evaluation.", 1, 10_000)
        .Integer("every", e => e.Every, (e, v) => e with { Every = v }, "Steps between evaluations; 0 for one before and one after learning.", 0)
        .Flag("deterministic", e => e.Deterministic, (e, v) => e with { Deterministic = v }, "Whether the most likely action is taken instead of a sampled one.");
}
