namespace Proximal.Recipes;

/// <summary>How and when held-out prompts are tried.</summary>
public sealed record EvaluationSettings
{
    /// <summary>Steps between evaluations; 0 for one before and one after each stage.</summary>
    public int Every { get; init; } = 10;

    /// <summary>Held-out prompts; all of them where the task has fewer.</summary>
    public int Prompts { get; init; } = 200;

    /// <summary>Responses a prompt.</summary>
    public int Samples { get; init; } = 1;

    /// <summary>Temperature of sampling; 0 takes the most probable token.</summary>
    public double Temperature { get; init; }

    /// <summary>Share of the probability mass that is sampled from.</summary>
    public double TopP { get; init; } = 1;

    /// <summary>Longest response; 0 for that of the policy stage, or what the task needs where there is none.</summary>
    public int ResponseTokens { get; init; }

    /// <summary>Key, type and range of the values.</summary>
    public static OptionSchema<EvaluationSettings> Schema { get; } = new OptionSchema<EvaluationSettings>(() => new EvaluationSettings())
        .Integer("every", e => e.Every, (e, v) => e with { Every = v }, "Steps between evaluations; 0 for one before and one after each stage.", 0)
        .Integer("prompts", e => e.Prompts, (e, v) => e with { Prompts = v }, "Held-out prompts.", 1, 1_000_000)
        .Integer("samples", e => e.Samples, (e, v) => e with { Samples = v }, "Responses a prompt.", 1, 65_536)
        .Number("temperature", e => e.Temperature, (e, v) => e with { Temperature = v }, "Temperature of sampling; 0 takes the most probable token.", 0, 100)
        .Number("top-p", e => e.TopP, (e, v) => e with { TopP = v }, "Share of the probability mass that is sampled from.", 0, 1)
        .Integer("response-tokens", e => e.ResponseTokens, (e, v) => e with { ResponseTokens = v }, "Longest response in tokens; 0 for that of the policy stage.", 0, 1_048_576);
}
