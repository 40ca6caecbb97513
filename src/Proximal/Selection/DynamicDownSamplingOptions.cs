using Proximal.Recipes;

namespace Proximal.Selection;

/// <summary>Options of <see cref="DynamicDownSampling"/>. The paper's schedule was not found; these are our own, to be set for a task.</summary>
public sealed record DynamicDownSamplingOptions
{
    /// <summary>Share of the rollouts at the start.</summary>
    public double RolloutsStart { get; init; } = 0.25;

    /// <summary>Share of the rollouts at the end.</summary>
    public double RolloutsEnd { get; init; } = 0.75;

    /// <summary>Share of their tokens at the start.</summary>
    public double TokensStart { get; init; } = 0.2;

    /// <summary>Share of their tokens at the end.</summary>
    public double TokensEnd { get; init; } = 0.6;

    /// <summary>Whether the share of tokens is taken of each response in place of all together.</summary>
    public bool PerSequence { get; init; }

    /// <summary>Keys, ranges and documentation.</summary>
    public static OptionSchema<DynamicDownSamplingOptions> Schema { get; } = new OptionSchema<DynamicDownSamplingOptions>(() => new DynamicDownSamplingOptions())
        .Number("rollouts-start", o => o.RolloutsStart, (o, v) => o with { RolloutsStart = v }, "Share of the rollouts that is trained on at the start.", 0, 1)
        .Number("rollouts-end", o => o.RolloutsEnd, (o, v) => o with { RolloutsEnd = v }, "Share of the rollouts at the end.", 0, 1)
        .Number("tokens-start", o => o.TokensStart, (o, v) => o with { TokensStart = v }, "Share of their tokens at the start.", 0, 1)
        .Number("tokens-end", o => o.TokensEnd, (o, v) => o with { TokensEnd = v }, "Share of their tokens at the end.", 0, 1)
        .Flag("per-sequence", o => o.PerSequence, (o, v) => o with { PerSequence = v }, "Take the share of tokens of each response in place of all together.");
}
