namespace Proximal.Control.Environments.Buildings;

/// <summary>When people are in the building, the same every day.</summary>
/// <param name="From">Hour at which they come.</param>
/// <param name="Until">Hour at which they leave.</param>
public readonly record struct OccupancySchedule(double From = 8, double Until = 21)
{
    /// <summary>Quarter-hours before people come in which the building is prepared.</summary>
    public const int PreparationSteps = 2;

    /// <summary>From 8 to 21 h.</summary>
    public static OccupancySchedule Default { get; } = new(8, 21);

    /// <summary>Whether people are there.</summary>
    /// <param name="hour">Hour of the day, 0 to 24, or beyond for days that follow.</param>
    public bool IsOccupied(double hour) => Wrapped(hour) is var h && h >= From && h < Until;

    /// <summary>
    /// The action that rules demand outside occupied hours: 22/22 in the two quarter-hours before people come, idling in all others; null in occupied hours, where
    /// the policy decides.
    /// </summary>
    /// <param name="hour">Hour of the day, 0 to 24, or beyond for days that follow.</param>
    public int? Override(double hour) => IsOccupied(hour) ? null
        : Wrapped(hour) is var h && h < From && h >= From - (PreparationSteps * ThermalZone.StepSeconds / 3600) ? Setpoints.Action(22, 22)
        : Setpoints.Idle;

    private static double Wrapped(double hour) => hour - (24 * Math.Floor(hour / 24));
}
