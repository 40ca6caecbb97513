using Proximal.Recipes;

namespace Proximal.Rewards;

/// <summary>Options of <see cref="RewardModel"/>.</summary>
public sealed record RewardModelOptions
{
    /// <summary>Preference pairs: two responses of the policy to one prompt.</summary>
    public int Pairs { get; init; } = 500;

    /// <summary>Share of the preferences that are flipped.</summary>
    public double Noise { get; init; } = 0.2;

    /// <summary>Optimizer steps of its training.</summary>
    public int Steps { get; init; } = 60;

    /// <summary>Pairs a step of its training.</summary>
    public int Batch { get; init; } = 32;

    /// <summary>Learning rate of its AdamW.</summary>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>Largest norm of its gradient; 0 for no clipping.</summary>
    public double GradientClip { get; init; } = 1;

    /// <summary>Keys, ranges and documentation.</summary>
    public static OptionSchema<RewardModelOptions> Schema { get; } = new OptionSchema<RewardModelOptions>(() => new RewardModelOptions())
        .Integer("pairs", o => o.Pairs, (o, v) => o with { Pairs = v }, "Preference pairs: two responses of the policy to one prompt.", 1, 1_000_000)
        .Number("noise", o => o.Noise, (o, v) => o with { Noise = v }, "Share of the preferences that are flipped.", 0, 1)
        .Integer("steps", o => o.Steps, (o, v) => o with { Steps = v }, "Optimizer steps of its training.", 1, 100_000_000)
        .Integer("batch", o => o.Batch, (o, v) => o with { Batch = v }, "Pairs a step of its training.", 1, 1_000_000)
        .Number("learning-rate", o => o.LearningRate, (o, v) => o with { LearningRate = v }, "Learning rate of its AdamW.", 0, 10)
        .Number("gradient-clip", o => o.GradientClip, (o, v) => o with { GradientClip = v }, "Largest norm of its gradient; 0 for no clipping.", 0);
}
