namespace Proximal.Recipes;

/// <summary>The critic of methods that need one: a copy of the policy's trunk with one output, trained on the returns.</summary>
public sealed record CriticSettings
{
    /// <summary>Learning rate of its AdamW.</summary>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>Largest change of a value in one step (PPO's value clipping); 0 for no clipping.</summary>
    public double ValueClip { get; init; } = 0.2;

    /// <summary>Largest norm of its gradient; 0 for no clipping.</summary>
    public double GradientClip { get; init; } = 1;

    /// <summary>Where it starts from.</summary>
    public CriticStart Initialization { get; init; }

    /// <summary>Steps at the start that train the critic alone.</summary>
    public int WarmUp { get; init; }

    /// <summary>The explained variance of the returns at which these steps end early; 0 for all of them.</summary>
    public double WarmUpUntil { get; init; }

    /// <summary>Key, type and range of the values.</summary>
    public static OptionSchema<CriticSettings> Schema { get; } = new OptionSchema<CriticSettings>(() => new CriticSettings())
        .Number("learning-rate", c => c.LearningRate, (c, v) => c with { LearningRate = v }, "Learning rate of the critic's AdamW.", 0, 10)
        .Number("value-clip", c => c.ValueClip, (c, v) => c with { ValueClip = v }, "Largest change of a value in one step; 0 for no clipping.", 0)
        .Number("gradient-clip", c => c.GradientClip, (c, v) => c with { GradientClip = v }, "Largest norm of the gradient; 0 for no clipping.", 0)
        .Choice(
            "initialization",
            c => c.Initialization,
            (c, v) => c with { Initialization = v },
            "Where the critic starts from: the policy with a head of zeros, or the reward model that the run trains.",
            ("policy", CriticStart.Policy),
            ("reward-model", CriticStart.RewardModel))
        .Integer("warm-up", c => c.WarmUp, (c, v) => c with { WarmUp = v }, "Steps at the start that train the critic alone.", 0)
        .Number("warm-up-until", c => c.WarmUpUntil, (c, v) => c with { WarmUpUntil = v }, "Explained variance of the returns at which the warm-up ends early; 0 for never.", 0, 1);
}
