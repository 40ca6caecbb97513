using Proximal.Tensors.Schedules;

namespace Proximal.Schedules;

/// <summary>How the learning rate moves over a stage, as a recipe describes it.</summary>
public abstract record ScheduleSettings
{
    /// <summary>Steps of linear warm-up; a shorter stage is all warm-up.</summary>
    public int WarmUp { get; init; }

    /// <summary>The schedule over a stage.</summary>
    /// <param name="steps">Optimizer steps of the stage, at least 1.</param>
    /// <exception cref="ArgumentException">The number of steps is below 1.</exception>
    public abstract Schedule Create(long steps);
}
