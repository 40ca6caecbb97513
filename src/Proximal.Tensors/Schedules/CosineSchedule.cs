namespace Proximal.Tensors.Schedules;

/// <summary>Settings of <see cref="CosineSchedule"/>.</summary>
public sealed record CosineScheduleOptions
{
    /// <summary>Steps until the floor is reached, warm-up included; 1 or more.</summary>
    public required long TotalSteps { get; init; }

    /// <summary>Steps of linear warm-up, at most <see cref="TotalSteps"/>.</summary>
    public long WarmupSteps { get; init; }

    /// <summary>The factor at the end, in [0, 1].</summary>
    public double Floor { get; init; }
}

/// <summary>
/// Half a cosine from 1 at the end of warm-up to the floor f at the last step: f + (1-f)(1 + cos(pi t))/2 with t the share of the way
/// (Loshchilov and Hutter 2017, "SGDR", without restarts).
/// </summary>
public sealed class CosineSchedule : Schedule
{
    private readonly CosineScheduleOptions options;

    /// <summary>Creates the schedule.</summary>
    /// <exception cref="ArgumentException">A setting is outside its range.</exception>
    public CosineSchedule(CosineScheduleOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Check(options.WarmupSteps, options.TotalSteps, options.Floor);
        this.options = options;
    }

    private protected override long WarmupSteps => options.WarmupSteps;

    private protected override double AfterWarmup(long step)
    {
        double progress = Progress(step, options.WarmupSteps, options.TotalSteps);
        return options.Floor + ((1 - options.Floor) * 0.5 * (1 + Math.Cos(Math.PI * progress)));
    }
}
