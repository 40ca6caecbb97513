namespace Proximal.Control.Environments.Buildings;

/// <summary>
/// The reward of a quarter-hour (An et al. 2024): in occupied hours -(violation of comfort in K) - 0.01 effort, in others -effort, where the effort is the distance
/// of both setpoints from idling, |heating - 15| + |cooling - 30|.
/// </summary>
public static class HvacReward
{
    /// <summary>Weight of the effort in occupied hours.</summary>
    public const double EffortWeight = 0.01;

    /// <summary>The reward.</summary>
    /// <param name="isOccupied">Whether people are there during the quarter-hour.</param>
    /// <param name="temperature">Temperature of the zone at its end.</param>
    /// <param name="action">The setpoints in force, see <see cref="Setpoints"/>.</param>
    /// <param name="comfort">Where people are comfortable.</param>
    public static double Of(bool isOccupied, double temperature, int action, ComfortZone comfort) =>
        isOccupied ? -comfort.Violation(temperature) - (EffortWeight * Setpoints.Effort(action)) : -Setpoints.Effort(action);
}
