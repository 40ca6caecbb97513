using Proximal.Control.Environments;
using Proximal.Control.Environments.Buildings;

namespace Proximal.Control.Buildings;

/// <summary>The thermostat that a building has before anything is learned: fixed setpoints inside the comfort zone in occupied hours and in the hour before, idling in others.</summary>
public static class RuleThermostat
{
    private const double HoursAhead = 1;

    /// <summary>Chooses an action.</summary>
    /// <param name="hour">Hour of the day.</param>
    /// <param name="comfort">Where people are comfortable.</param>
    public static int Choose(double hour, ComfortZone comfort)
    {
        OccupancySchedule schedule = OccupancySchedule.Default;
        int heating = Math.Min((int)Math.Ceiling(comfort.Low) + 1, Setpoints.Heating(Setpoints.Count - 1)), cooling = (int)Math.Floor(comfort.High - 0.25);
        return schedule.IsOccupied(hour) || schedule.IsOccupied(hour + HoursAhead) ? Setpoints.Action(heating, cooling) : Setpoints.Idle;
    }

    /// <summary>The thermostat for an environment.</summary>
    /// <param name="comfort">Where people are comfortable.</param>
    public static Controller ToController(ComfortZone comfort) => (batch, actions) =>
    {
        for (int copy = 0; copy < batch.Count; copy++)
        {
            actions[copy] = Choose(batch.Observations[(copy * HvacZone.ObservationWidth) + HvacZone.Hour], comfort);
        }
    };
}
