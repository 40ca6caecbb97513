namespace Proximal.Schedules;

/// <summary>How the learning rate moves over a stage, as a recipe describes it.</summary>
public abstract record ScheduleSettings
{
    /// <summary>Steps of linear warm-up.</summary>
    public int WarmUp { get; init; }
}
