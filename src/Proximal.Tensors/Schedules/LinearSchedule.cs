namespace Proximal.Tensors.Schedules;

/// <summary>Settings of <see cref="LinearSchedule"/>.</summary>
public sealed record LinearScheduleOptions
{
    /// <summary>Steps until the floor is reached, warm-up included; 1 or more.</summary>
    public required long TotalSteps { get; init; }

    /// <summary>Steps of linear warm-up, at most <see cref="TotalSteps"/>.</summary>
    public long WarmupSteps { get; init; }

    /// <summary>The factor at the end, in [0, 1].</summary>
    public double Floor { get; init; }
}

/// <summary>A straight line from 1 at the end of warm-up to the floor at the last step, and the floor from then on.</summary>
public sealed class LinearSchedule : Schedule
{
    private readonly LinearScheduleOptions options;

    /// <summary>Creates the schedule.</summary>
    /// <exception cref="ArgumentException">A setting is outside its range.</exception>
    public LinearSchedule(LinearScheduleOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Check(options.WarmupSteps, options.TotalSteps, options.Floor);
        this.options = options;
    }

    private protected override long WarmupSteps => options.WarmupSteps;

    private protected override double AfterWarmup(long step)
    {
        double progress = Progress(step, options.WarmupSteps, options.TotalSteps);
        return options.Floor + ((1 - options.Floor) * (1 - progress));
    }
}
