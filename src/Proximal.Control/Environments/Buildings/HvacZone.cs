using System.Globalization;
using Proximal.Control.Rendering;
using Proximal.Control.Spaces;
using Proximal.Control.State;

namespace Proximal.Control.Environments.Buildings;

/// <summary>
/// A zone of a building whose thermostat is commanded every quarter-hour: one of 80 pairs of setpoints, see <see cref="Setpoints"/>. The observation is outdoor temperature, humidity, wind, direct
/// radiation, people, temperature of the zone and hour of the day; the reward that of <see cref="HvacReward"/>. People are there from 8 to 21 h. An episode begins at
/// midnight of a random day of the season and is truncated after a number of days. Metrics: heat moved by the system in kWh, occupied minutes that end outside comfort, and
/// degree-hours of their violation.
/// </summary>
public sealed class HvacZone : SingleEnvironment
{
    internal const double LowestTemperature = -60, HighestTemperature = 80, StrongestWind = 100, StrongestSun = 1500;

    /// <summary>Places of the numbers in an observation.</summary>
    internal const int Outdoor = 0, Humidity = 1, Wind = 2, Solar = 3, People = 4, Zone = 5, Hour = 6, ObservationWidth = 7;

    private const string ZoneName = "hvac-zone";
    private const double HoursPerStep = ThermalZone.StepSeconds / 3600;

    private static readonly OccupancySchedule Schedule = OccupancySchedule.Default;

    private readonly HvacZoneOptions options;
    private readonly Climate climate;
    private readonly WeatherSeries? series;
    private readonly ThermalZone zone;
    private SyntheticWeather weather;
    private int quarter;
    private double temperature;
    private double power;
    private int lastAction;
    private double energy;
    private double violationMinutes;
    private double violationHours;

    /// <summary>Creates the environment.</summary>
    /// <param name="options">Settings; the defaults when null.</param>
    /// <exception cref="ArgumentException">A setting is outside its range, or the file of weather cannot be used.</exception>
    public HvacZone(HvacZoneOptions? options = null)
        : this(HvacZoneOptions.Schema.Checked(options), null, null)
    {
    }

    /// <summary>Creates the environment of other walls or other weather.</summary>
    /// <param name="options">Settings.</param>
    /// <param name="zone">The zone; the usual one when null.</param>
    /// <param name="series">Recorded weather in place of that of the options; null for the latter.</param>
    /// <exception cref="ArgumentException">A setting is outside its range, or the file of weather cannot be used.</exception>
    public HvacZone(HvacZoneOptions options, ThermalZone? zone, WeatherSeries? series)
    {
        this.options = HvacZoneOptions.Schema.Checked(options);
        this.zone = zone ?? new ThermalZone();
        this.series = series ?? (this.options.WeatherFile.Length == 0 ? null : Load(this.options.WeatherFile));
        climate = this.options.Climate == ClimateKind.Tucson ? Climate.Tucson : Climate.Pittsburgh;
        Specification = new EnvironmentSpecification
        {
            Name = ZoneName,
            Observations = new BoxSpace(
                [(float)LowestTemperature, 0, 0, 0, 0, (float)LowestTemperature, 0],
                [(float)HighestTemperature, 100, (float)StrongestWind, (float)StrongestSun, 1000, (float)HighestTemperature, 24]),
            Actions = new DiscreteSpace(Setpoints.Count),
            ObservationNames = ["outdoor-temperature", "humidity", "wind", "solar", "people", "zone-temperature", "hour"],
            ActionNames = Setpoints.Names,
            ActionNumbers = Setpoints.Numbers,
            MaximumSteps = this.options.Days * SyntheticWeather.StepsPerDay,
            Metrics = ["energy-kwh", "violation-minutes", "violation-degree-hours"],
        };
    }

    /// <inheritdoc/>
    public override EnvironmentSpecification Specification { get; }

    /// <summary>Temperature of the zone in degrees Celsius.</summary>
    public double Temperature => temperature;

    /// <summary>Power of the system in the last step in W, below 0 for cooling.</summary>
    public double Power => power;

    /// <summary>Where people are comfortable now.</summary>
    public ComfortZone Comfort => options.Season switch
    {
        Season.Winter => ComfortZone.Winter,
        Season.Summer => ComfortZone.Summer,
        _ => quarter / SyntheticWeather.StepsPerDay % 365 is >= 120 and < 273 ? ComfortZone.Summer : ComfortZone.Winter,
    };

    private double HourOfDay => quarter % SyntheticWeather.StepsPerDay * HoursPerStep;

    private string TimeOfDay => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(HourOfDay):00}:{60 * (HourOfDay % 1):00}");

    /// <summary>Refuses environments that are not this one, wrapped or not.</summary>
    /// <exception cref="ArgumentException">The environment has another name or other spaces.</exception>
    internal static void Require(IEnvironment environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        EnvironmentSpecification has = environment.Specification;
        if (has.Name != ZoneName || has.Observations.Width != ObservationWidth || has.Actions is not DiscreteSpace { Count: Setpoints.Count })
        {
            throw new ArgumentException($"{has.Name} has observations {has.Observations} and actions {has.Actions}, expected the zone of a building, {ZoneName}.", nameof(environment));
        }
    }

    /// <inheritdoc/>
    public override void WriteMetrics(Span<float> metrics) => (metrics[0], metrics[1], metrics[2]) = ((float)energy, (float)violationMinutes, (float)violationHours);

    /// <inheritdoc/>
    public override void Draw(Canvas canvas)
    {
        ArgumentNullException.ThrowIfNull(canvas);
        const double low = -15, high = 45;
        ComfortZone comfort = Comfort;
        canvas.SetWorld(-40, low - 6, 40, high + 8);
        canvas.Rectangle(-12, comfort.Low, 24, comfort.High, Color.Sky);
        canvas.Line(new Point(-12, Setpoints.Heating(lastAction)), new Point(24, Setpoints.Heating(lastAction)), 0.7, Color.Crimson);
        canvas.Line(new Point(-12, Setpoints.Cooling(lastAction)), new Point(24, Setpoints.Cooling(lastAction)), 0.7, Color.Teal);
        canvas.Rectangle(-3, low, 3, high, Color.Silver);
        canvas.Rectangle(-3, low, 3, Math.Clamp(temperature, low, high), comfort.Violation(temperature) > 0 && Schedule.IsOccupied(HourOfDay) ? Color.Crimson : Color.Indigo);
        canvas.Rectangle(-30, low, -24, Math.Clamp(Weather().Outdoor, low, high), Color.Gray);
        canvas.Text(new Point(0, low - 4), 3.5, "zone", Color.Ink);
        canvas.Text(new Point(-27, low - 4), 3.5, "outdoor", Color.Ink);
        canvas.Text(new Point(14, high + 4), 4, TimeOfDay, Schedule.IsOccupied(HourOfDay) ? Color.Ink : Color.Gray);
    }

    /// <inheritdoc/>
    public override void WriteText(TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        WeatherSample now = Weather();
        writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{TimeOfDay}  zone {temperature:0.0} °C, comfort {Comfort.Low} to {Comfort.High}, {CurrentPeople()} people"));
        writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"outdoor {now.Outdoor:0.0} °C, wind {now.Wind:0.0} m/s, sun {now.Solar:0} W/m²"));
        writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"setpoints {Setpoints.Names[lastAction]}, {power / 1000:0.0} kW, {energy:0.0} kWh, {violationMinutes:0} min uncomfortable"));
    }

    /// <inheritdoc/>
    protected override SingleEnvironment NewCopy() => new HvacZone(options, zone, series);

    /// <inheritdoc/>
    protected override void Begin(Span<float> observation)
    {
        (int first, int days) = options.Season switch
        {
            Season.Winter => (334, 90),
            Season.Summer => (151, 92),
            _ => (0, 365),
        };
        quarter = (first + Random.Integer(days)) % 365 * SyntheticWeather.StepsPerDay;
        weather.Begin(ref Random);
        temperature = Random.Uniform(-2, 2) + (Comfort == ComfortZone.Summer ? 26 : 18);
        (power, energy, violationMinutes, violationHours, lastAction) = (0, 0, 0, 0, Setpoints.Idle);
        Observe(observation);
    }

    /// <inheritdoc/>
    protected override StepOutcome Advance(ReadOnlySpan<float> action, Span<float> observation)
    {
        lastAction = (int)action[0];
        temperature = zone.Step(temperature, Weather(), CurrentPeople(), Setpoints.Heating(lastAction), Setpoints.Cooling(lastAction), out power);
        bool occupied = Schedule.IsOccupied(HourOfDay);
        double reward = HvacReward.Of(occupied, temperature, lastAction, Comfort);
        energy += Math.Abs(power) * HoursPerStep / 1000;
        if (occupied && Comfort.Violation(temperature) is > 1e-3 and double violation)
        {
            violationMinutes += ThermalZone.StepSeconds / 60;
            violationHours += violation * HoursPerStep;
        }

        quarter++;
        weather.Advance(ref Random);
        Observe(observation);
        return new StepOutcome(reward);
    }

    /// <inheritdoc/>
    protected override void TransferState(StateTransfer state)
    {
        ArgumentNullException.ThrowIfNull(state);
        weather.Transfer(state);
        state.Value(ref quarter);
        state.Value(ref temperature);
        state.Value(ref power);
        state.Value(ref lastAction);
        state.Value(ref energy);
        state.Value(ref violationMinutes);
        state.Value(ref violationHours);
    }

    private static WeatherSeries Load(string path)
    {
        try
        {
            return WeatherSeries.Load(path);
        }
        catch (Exception fault) when (fault is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw new ArgumentException($"'weather-file' is '{path}': {fault.Message}", fault);
        }
    }

    private WeatherSample Weather() => series is null ? weather.Read(climate, quarter) : series[quarter];

    private int CurrentPeople() => Schedule.IsOccupied(HourOfDay) ? options.People : 0;

    private void Observe(Span<float> observation)
    {
        WeatherSample now = Weather();
        observation[Outdoor] = (float)now.Outdoor;
        observation[Humidity] = (float)now.Humidity;
        observation[Wind] = (float)now.Wind;
        observation[Solar] = (float)now.Solar;
        observation[People] = CurrentPeople();
        observation[Zone] = (float)temperature;
        observation[Hour] = (float)HourOfDay;
    }
}
