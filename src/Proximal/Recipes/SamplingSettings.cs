namespace Proximal.Recipes;

/// <summary>How rollouts are drawn from the policy.</summary>
public sealed record SamplingSettings
{
    /// <summary>Temperature of the softmax; 0 takes the most probable token.</summary>
    public double Temperature { get; init; } = 1;

    /// <summary>Share of the probability mass that is sampled from; 1 for all.</summary>
    public double TopP { get; init; } = 1;

    /// <summary>Smallest probability relative to that of the most probable token; 0 for no bound.</summary>
    public double MinP { get; init; }

    /// <summary>Number of tokens that are sampled from; 0 for all.</summary>
    public int TopK { get; init; }

    /// <summary>Key, type and range of the values.</summary>
    public static OptionSchema<SamplingSettings> Schema { get; } = new OptionSchema<SamplingSettings>(() => new SamplingSettings())
        .Number("temperature", s => s.Temperature, (s, v) => s with { Temperature = v }, "Temperature of the softmax; 0 takes the most probable token.", 0, 100)
        .Number("top-p", s => s.TopP, (s, v) => s with { TopP = v }, "Share of the probability mass that is sampled from; 1 for all.", 0, 1)
        .Number("min-p", s => s.MinP, (s, v) => s with { MinP = v }, "Smallest probability relative to the most probable token; 0 for no bound.", 0, 1)
        .Integer("top-k", s => s.TopK, (s, v) => s with { TopK = v }, "Number of tokens that are sampled from; 0 for all.", 0)
        .Rule(s => s.TopP > 0 ? null : "'top-p' is 0, expected more than 0");
}
