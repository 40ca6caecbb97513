namespace Proximal.Tensors.Schedules;

/// <summary>Settings of <see cref="ConstantSchedule"/>.</summary>
public sealed record ConstantScheduleOptions
{
    /// <summary>Steps of linear warm-up, 0 or more.</summary>
    public long WarmupSteps { get; init; }
}

/// <summary>The factor 1 after warm-up.</summary>
public sealed class ConstantSchedule : Schedule
{
    /// <summary>Creates the schedule.</summary>
    /// <exception cref="ArgumentException">A setting is outside its range.</exception>
    public ConstantSchedule(ConstantScheduleOptions? options = null)
    {
        options ??= new ConstantScheduleOptions();
        Check(options.WarmupSteps, long.MaxValue, 0);
        WarmupSteps = options.WarmupSteps;
    }

    private protected override long WarmupSteps { get; }

    private protected override double AfterWarmup(long step) => 1;
}
