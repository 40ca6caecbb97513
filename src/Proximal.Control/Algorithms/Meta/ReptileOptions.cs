using Proximal.Control.Learning;

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
