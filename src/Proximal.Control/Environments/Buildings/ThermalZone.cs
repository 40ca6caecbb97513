namespace Proximal.Control.Environments.Buildings;

/// <summary>
/// One zone as one resistance and one capacitance: C dT/dt = (T_out - T) / R + Q_solar + Q_people + Q_system. Over a step all but T are constant, so the step is the exact solution
/// T' = T_eq + (T - T_eq) exp(-dt / RC) with T_eq = T_out + R Q, of which the explicit step T' = T + dt dT/dt is the first order. An ideal system gives the power that
/// brings the zone to the violated setpoint at the end of the step, within its limits.
/// </summary>
public sealed record ThermalZone
{
    /// <summary>Seconds of a step.</summary>
    public const double StepSeconds = 900;

    /// <summary>C in J/K.</summary>
    public double Capacitance { get; init; } = 3e6;

    /// <summary>1/R in W/K without wind.</summary>
    public double Conductance { get; init; } = 130;

    /// <summary>What 1 m/s of wind adds to 1/R in W/K, by infiltration.</summary>
    public double WindConductance { get; init; } = 6;

    /// <summary>Area through which direct radiation heats the zone in m^2.</summary>
    public double SolarAperture { get; init; } = 2.5;

    /// <summary>Sensible heat of a person in W.</summary>
    public double PersonHeat { get; init; } = 100;

    /// <summary>The most heating power in W.</summary>
    public double HeatingPower { get; init; } = 12_000;

    /// <summary>The most cooling power in W.</summary>
    public double CoolingPower { get; init; } = 12_000;

    /// <summary>The temperature at which the zone would settle under constant conditions.</summary>
    /// <param name="weather">The weather.</param>
    /// <param name="people">People in the zone.</param>
    /// <param name="power">Power of the system in W, below 0 for cooling.</param>
    public double Equilibrium(WeatherSample weather, double people, double power = 0) =>
        weather.Outdoor + (((SolarAperture * weather.Solar) + (PersonHeat * people) + power) / TotalConductance(weather));

    /// <summary>The temperature after a step.</summary>
    /// <param name="temperature">T in degrees Celsius.</param>
    /// <param name="weather">The weather of the step.</param>
    /// <param name="people">People in the zone.</param>
    /// <param name="power">Power of the system in W, below 0 for cooling.</param>
    public double Step(double temperature, WeatherSample weather, double people, double power = 0)
    {
        double settled = Equilibrium(weather, people, power);
        return settled + ((temperature - settled) * Decay(weather));
    }

    /// <summary>The temperature after a step under a thermostat. A cooling setpoint below the heating setpoint counts as equal to it.</summary>
    /// <param name="temperature">T in degrees Celsius.</param>
    /// <param name="weather">The weather of the step.</param>
    /// <param name="people">People in the zone.</param>
    /// <param name="heating">Setpoint below which the system heats.</param>
    /// <param name="cooling">Setpoint above which the system cools.</param>
    /// <param name="power">Receives the power of the system in W, below 0 for cooling.</param>
    public double Step(double temperature, WeatherSample weather, double people, double heating, double cooling, out double power)
    {
        double free = Step(temperature, weather, people), target = Math.Clamp(free, heating, Math.Max(heating, cooling));
        power = Math.Clamp((target - free) * TotalConductance(weather) / (1 - Decay(weather)), -CoolingPower, HeatingPower);
        return Step(temperature, weather, people, power);
    }

    private double TotalConductance(WeatherSample weather) => Conductance + (WindConductance * weather.Wind);

    private double Decay(WeatherSample weather) => Math.Exp(-StepSeconds * TotalConductance(weather) / Capacitance);
}
