using Proximal.Control.Learning;
using Proximal.Control.Recipes;
using Proximal.Recipes;

namespace Proximal.Control.Algorithms.Meta;

/// <summary>Settings of <see cref="Reptile"/>.</summary>
public sealed record ReptileOptions
{
    /// <summary>Tasks that are adapted to per iteration; all of them where there are fewer.</summary>
    public int TasksPerIteration { get; init; } = 4;

    /// <summary>Iterations of PPO on a task, k.</summary>
    public int InnerIterations { get; init; } = 5;

    /// <summary>How far the parameters move towards the adapted ones, eps, in [0, 1]; falls linearly to 0 at the end of learning where annealed.</summary>
    public double StepSize { get; init; } = 0.5;

    /// <summary>Whether the step size is annealed.</summary>
    public bool AnnealStepSize { get; init; } = true;

    /// <summary>PPO on a task. Its learning rate is not annealed, and it takes observations as they are.</summary>
    public PpoOptions Inner { get; init; } = new() { AnnealLearningRate = false };

    /// <summary>Key, type and range of the options: those of Reptile and of PPO on a task.</summary>
    public static OptionSchema<ReptileOptions> Schema { get; } = new OptionSchema<ReptileOptions>(() => new ReptileOptions())
        .Integer("tasks-per-iteration", o => o.TasksPerIteration, (o, v) => o with { TasksPerIteration = v }, "Tasks that are adapted to per iteration.", 1, 1 << 16)
        .Integer("inner-iterations", o => o.InnerIterations, (o, v) => o with { InnerIterations = v }, "Iterations of PPO on a task, k.", 1, 1 << 16)
        .Number("step-size", o => o.StepSize, (o, v) => o with { StepSize = v }, "How far the parameters move towards the adapted ones, eps.", 0, 1)
        .Flag("anneal-step-size", o => o.AnnealStepSize, (o, v) => o with { AnnealStepSize = v }, "Whether the step size falls linearly to 0.")
        .Integer("environments", o => o.Inner.Environments, (o, v) => o with { Inner = o.Inner with { Environments = v } }, "Copies of a task.", 1, 1 << 16)
        .Integer("rollout-steps", o => o.Inner.Steps, (o, v) => o with { Inner = o.Inner with { Steps = v } }, "Steps of every copy per iteration of PPO.", 1, 1 << 20)
        .Number("discount", o => o.Inner.Discount, (o, v) => o with { Inner = o.Inner with { Discount = v } }, "Discount of later rewards, gamma.", 0, 1)
        .Number("gae-lambda", o => o.Inner.GaeLambda, (o, v) => o with { Inner = o.Inner with { GaeLambda = v } }, "Lambda of generalized advantage estimation.", 0, 1)
        .Number("learning-rate", o => o.Inner.LearningRate, (o, v) => o with { Inner = o.Inner with { LearningRate = v } }, "The learning rate of PPO.", 0)
        .Integer("epochs", o => o.Inner.Epochs, (o, v) => o with { Inner = o.Inner with { Epochs = v } }, "Passes over a rollout.", 1, 10_000)
        .Integer("minibatches", o => o.Inner.Minibatches, (o, v) => o with { Inner = o.Inner with { Minibatches = v } }, "Minibatches of a pass.", 1, 1 << 20)
        .Number("clip-range", o => o.Inner.ClipRange, (o, v) => o with { Inner = o.Inner with { ClipRange = v } }, "How far the ratio of probabilities moves before the gradient ends.", 1e-9)
        .Number("entropy-coefficient", o => o.Inner.EntropyCoefficient, (o, v) => o with { Inner = o.Inner with { EntropyCoefficient = v } }, "Weight of the entropy.", 0)
        .Number(
            "initial-log-standard-deviation",
            o => o.Inner.InitialLogStandardDeviation,
            (o, v) => o with { Inner = o.Inner with { InitialLogStandardDeviation = v } },
            "The logarithm of the standard deviations of actions at the beginning.",
            -10,
            10)
        .WithNetwork(o => o.Inner.Network, (o, v) => o with { Inner = o.Inner with { Network = v } });

    /// <summary>Refuses settings outside their ranges.</summary>
    /// <exception cref="ArgumentException">A setting is outside its range; the message names it.</exception>
    public void Validate()
    {
        ArgumentNullException.ThrowIfNull(Inner);
        OptionCheck.AtLeast(TasksPerIteration, nameof(TasksPerIteration), 1);
        OptionCheck.AtLeast(InnerIterations, nameof(InnerIterations), 1);
        OptionCheck.Share(StepSize, nameof(StepSize));
        Inner.Validate();
        if (Inner.NormalizeObservations)
        {
            throw new ArgumentException("Inner.NormalizeObservations is true; tasks that are adapted to apart have no common statistics, expected false.");
        }
    }
}
