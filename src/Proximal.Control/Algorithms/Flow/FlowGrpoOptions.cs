using Proximal.Control.Flow;
using Proximal.Control.Learning;
using Proximal.Control.Policies;
using Proximal.Control.Recipes;
using Proximal.Recipes;

namespace Proximal.Control.Algorithms.Flow;

/// <summary>Settings of <see cref="FlowGrpo"/>. The defaults are those of Flow-GRPO on a small problem; <see cref="Guarded"/> has those of GRPO-Guard.</summary>
public sealed record FlowGrpoOptions
{
    /// <summary>With normalized ratios and weighed steps.</summary>
    public static FlowGrpoOptions Guarded { get; } = new() { Ratio = FlowRatio.Normalized, Reweight = true };

    /// <summary>Conditions an iteration.</summary>
    public int Groups { get; init; } = 4;

    /// <summary>G, samples of a condition.</summary>
    public int Samples { get; init; } = 32;

    /// <summary>Passes over the samples of an iteration.</summary>
    public int Epochs { get; init; } = 1;

    /// <summary>Minibatches of a pass, one optimizer step each.</summary>
    public int Minibatches { get; init; } = 4;

    /// <summary>Which ratio.</summary>
    public FlowRatio Ratio { get; init; }

    /// <summary>Whether the loss of a step is divided by its size, so that all noise levels count alike.</summary>
    public bool Reweight { get; init; }

    /// <summary>Whether logarithms of ratios are divided by the number of dimensions.</summary>
    public bool AverageDimensions { get; init; }

    /// <summary>e: how far a ratio moves before its gradient ends.</summary>
    public double Clip { get; init; } = 0.1;

    /// <summary>The learning rate of Adam.</summary>
    public double LearningRate { get; init; } = 3e-4;

    /// <summary>The largest Euclidean norm of the gradient; infinity does not clip.</summary>
    public double MaximumGradientNorm { get; init; } = 1;

    /// <summary>Updates of flow matching to the examples of the environment, before anything else; 0 for none.</summary>
    public int PretrainingUpdates { get; init; } = 3000;

    /// <summary>Examples of such an update.</summary>
    public int PretrainingBatch { get; init; } = 256;

    /// <summary>The learning rate of Adam in flow matching, which falls to 0 along a cosine.</summary>
    public double PretrainingLearningRate { get; init; } = 2e-3;

    /// <summary>Sizes of the policy.</summary>
    public FlowPolicySettings Policy { get; init; } = new();

    /// <summary>Key, type and range of the values for Flow-GRPO.</summary>
    public static OptionSchema<FlowGrpoOptions> Schema { get; } = CreateSchema(new FlowGrpoOptions());

    /// <summary>Key, type and range of the values for GRPO-Guard.</summary>
    public static OptionSchema<FlowGrpoOptions> GuardedSchema { get; } = CreateSchema(Guarded);

    internal void Validate()
    {
        OptionCheck.AtLeast(Groups, nameof(Groups), 1);
        OptionCheck.AtLeast(Samples, nameof(Samples), 2);
        OptionCheck.AtLeast(Epochs, nameof(Epochs), 1);
        OptionCheck.AtLeast(Minibatches, nameof(Minibatches), 1);
        OptionCheck.Positive(Clip, nameof(Clip));
        OptionCheck.NotNegative(LearningRate, nameof(LearningRate));
        OptionCheck.AtLeast(PretrainingUpdates, nameof(PretrainingUpdates), 0);
        OptionCheck.AtLeast(PretrainingBatch, nameof(PretrainingBatch), 1);
        OptionCheck.NotNegative(PretrainingLearningRate, nameof(PretrainingLearningRate));
        if (!(MaximumGradientNorm > 0))
        {
            throw new ArgumentException($"MaximumGradientNorm is {MaximumGradientNorm}; it must be above 0.");
        }

        if (Minibatches > Groups * Samples)
        {
            throw new ArgumentException($"Minibatches is {Minibatches}; it must be at most the {Groups * Samples} samples of an iteration.");
        }

        Policy.Validate();
    }

    private static OptionSchema<FlowGrpoOptions> CreateSchema(FlowGrpoOptions defaults) => new OptionSchema<FlowGrpoOptions>(() => defaults)
        .Integer("groups", o => o.Groups, (o, v) => o with { Groups = v }, "Conditions an iteration.", 1, 65_536)
        .Integer("samples", o => o.Samples, (o, v) => o with { Samples = v }, "Samples of a condition, G.", 2, 65_536)
        .Integer("epochs", o => o.Epochs, (o, v) => o with { Epochs = v }, "Passes over the samples of an iteration.", 1, 1000)
        .Integer("minibatches", o => o.Minibatches, (o, v) => o with { Minibatches = v }, "Minibatches of a pass, one optimizer step each.", 1, 65_536)
        .Choice("ratio", o => o.Ratio, (o, v) => o with { Ratio = v }, "Ratio of densities, or RatioNorm.", ("plain", FlowRatio.Plain), ("normalized", FlowRatio.Normalized))
        .Flag("reweight", o => o.Reweight, (o, v) => o with { Reweight = v }, "Whether the loss of a step is divided by its size.")
        .Flag("average-dimensions", o => o.AverageDimensions, (o, v) => o with { AverageDimensions = v }, "Whether logarithms of ratios are divided by the number of dimensions.")
        .Number("clip", o => o.Clip, (o, v) => o with { Clip = v }, "How far a ratio moves before its gradient ends.", 1e-9, 1e6)
        .Number("learning-rate", o => o.LearningRate, (o, v) => o with { LearningRate = v }, "The learning rate of Adam.", 0)
        .Number(
            "maximum-gradient-norm",
            o => double.IsInfinity(o.MaximumGradientNorm) ? 0 : o.MaximumGradientNorm,
            (o, v) => o with { MaximumGradientNorm = v == 0 ? double.PositiveInfinity : v },
            "The largest Euclidean norm of the gradient; 0 does not clip.",
            0)
        .Integer("pretraining-updates", o => o.PretrainingUpdates, (o, v) => o with { PretrainingUpdates = v }, "Updates of flow matching to the examples of the environment, before anything else; 0 for none.", 0, 100_000_000)
        .Integer("pretraining-batch", o => o.PretrainingBatch, (o, v) => o with { PretrainingBatch = v }, "Examples of such an update.", 1, 65_536)
        .Number("pretraining-learning-rate", o => o.PretrainingLearningRate, (o, v) => o with { PretrainingLearningRate = v }, "The learning rate of flow matching, which falls to 0 along a cosine.", 0)
        .Integer("sampling-steps", o => o.Policy.Steps, (o, v) => o with { Policy = o.Policy with { Steps = v } }, "Steps from noise to an action.", 2, 10_000)
        .Number("noise", o => o.Policy.Noise, (o, v) => o with { Policy = o.Policy with { Noise = v } }, "Noise of the stochastic path, a.", 1e-3, 100)
        .Number("shift", o => o.Policy.Shift, (o, v) => o with { Policy = o.Policy with { Shift = v } }, "How far times are moved towards the noise; 1 leaves them even.", 1e-3, 1000)
        .HiddenLayers("hidden", o => o.Policy.Hidden, (o, v) => o with { Policy = o.Policy with { Hidden = v } }, "Widths of the hidden layers.")
        .Rule(o => o.Policy.Hidden.Count > 0 ? null : "'hidden' is [], expected at least one layer")
        .Rule(o => o.Minibatches <= o.Groups * o.Samples ? null : $"'minibatches' is {o.Minibatches}, expected at most the {o.Groups * o.Samples} samples of an iteration");
}
