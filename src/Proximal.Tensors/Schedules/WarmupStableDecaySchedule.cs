namespace Proximal.Tensors.Schedules;

/// <summary>Settings of <see cref="WarmupStableDecaySchedule"/>.</summary>
public sealed record WarmupStableDecayScheduleOptions
{
    /// <summary>Steps until the floor is reached, warm-up included; 1 or more.</summary>
    public required long TotalSteps { get; init; }

    /// <summary>Steps of linear warm-up.</summary>
    public long WarmupSteps { get; init; }

    /// <summary>Steps of the decay at the end; with the warm-up at most <see cref="TotalSteps"/>.</summary>
    public required long DecaySteps { get; init; }

    /// <summary>The factor at the end, in [0, 1].</summary>
    public double Floor { get; init; }
}

/// <summary>Warm-up, a plateau at 1, and a linear decay to the floor over the last steps (Hu et al. 2024, "MiniCPM", linear decay).</summary>
public sealed class WarmupStableDecaySchedule : Schedule
{
    private readonly WarmupStableDecayScheduleOptions options;

    /// <summary>Creates the schedule.</summary>
    /// <exception cref="ArgumentException">A setting is outside its range.</exception>
    public WarmupStableDecaySchedule(WarmupStableDecayScheduleOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Check(options.WarmupSteps, options.TotalSteps, options.Floor);
        if (options.DecaySteps < 0 || options.DecaySteps > options.TotalSteps - options.WarmupSteps)
        {
            throw new ArgumentException(
                $"DecaySteps is {options.DecaySteps}; it must be in 0..{options.TotalSteps - options.WarmupSteps}, the steps after warm-up.");
        }

        this.options = options;
    }

    private protected override long WarmupSteps => options.WarmupSteps;

    private protected override double AfterWarmup(long step)
    {
        long decayStart = options.TotalSteps - options.DecaySteps;
        if (step < decayStart)
        {
            return 1;
        }

        double progress = Progress(step, decayStart, options.TotalSteps);
        return options.Floor + ((1 - options.Floor) * (1 - progress));
    }
}
