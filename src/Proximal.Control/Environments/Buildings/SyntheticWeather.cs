using Proximal.Control.State;

namespace Proximal.Control.Environments.Buildings;

/// <summary>
/// Weather that changes from quarter-hour to quarter-hour: sinusoids over the year and the day, with slow autoregressive noise n' = rho n + sqrt(1 - rho^2) e on temperature,
/// clouds, humidity and wind. Direct radiation is 950 W/m^2 exp(-0.13 / sin h) under a clear sky at solar elevation h (Haurwitz's attenuation with Cooper's declination).
/// </summary>
public struct SyntheticWeather : IStateful, IEquatable<SyntheticWeather>
{
    /// <summary>Quarter-hours of a day.</summary>
    public const int StepsPerDay = 96;

    /// <summary>Quarter-hours of a year.</summary>
    public const int StepsPerYear = 365 * StepsPerDay;

    private const double SolarConstant = 950, Attenuation = 0.13;
    private const double TemperaturePersistence = 0.989583, CloudPersistence = 0.95, HumidityPersistence = 0.98, WindPersistence = 0.93;

    private double temperatureNoise;
    private double cloudNoise;
    private double humidityNoise;
    private double windNoise;

    /// <summary>Draws the noise of a first quarter-hour.</summary>
    public void Begin(ref EpisodeRandom random)
    {
        temperatureNoise = random.Normal();
        cloudNoise = random.Normal();
        humidityNoise = random.Normal();
        windNoise = random.Normal();
    }

    /// <summary>Moves the noise on by a quarter-hour.</summary>
    public void Advance(ref EpisodeRandom random)
    {
        temperatureNoise = Next(temperatureNoise, TemperaturePersistence, random.Normal());
        cloudNoise = Next(cloudNoise, CloudPersistence, random.Normal());
        humidityNoise = Next(humidityNoise, HumidityPersistence, random.Normal());
        windNoise = Next(windNoise, WindPersistence, random.Normal());
    }

    /// <summary>The weather with the present noise.</summary>
    /// <param name="climate">Parameters.</param>
    /// <param name="quarter">Quarter-hour of the year, from 0 at midnight before January 1.</param>
    public readonly WeatherSample Read(Climate climate, int quarter)
    {
        ArgumentNullException.ThrowIfNull(climate);
        double day = (double)quarter / StepsPerDay, hour = 24 * (day - Math.Floor(day));
        double clouds = Math.Clamp(climate.Cloudiness + (0.35 * cloudNoise), 0, 1);
        double swing = climate.DailySwing * (1.25 - (0.5 * clouds)) * Math.Cos(2 * Math.PI * (hour - 15) / 24);
        double outdoor = climate.MeanTemperature - (climate.YearlySwing * Math.Cos(2 * Math.PI * (day - 20) / 365)) + swing + (climate.TemperatureDeviation * temperatureNoise);
        double humidity = Math.Clamp(climate.MeanHumidity - (2 * swing) + (20 * (clouds - climate.Cloudiness)) + (8 * humidityNoise), 5, 100);
        double wind = Math.Clamp(climate.MeanWind * Math.Exp((0.5 * windNoise) - 0.125), 0, 30);
        return new WeatherSample(Math.Clamp(outdoor, -50, 55), humidity, wind, DirectRadiation(climate.Latitude, day, hour) * (1 - clouds));
    }

    /// <summary>Direct radiation under a clear sky in W/m^2.</summary>
    /// <param name="latitude">Degrees north.</param>
    /// <param name="day">Day of the year, from 0.</param>
    /// <param name="hour">Solar time.</param>
    public static double DirectRadiation(double latitude, double day, double hour)
    {
        double declination = 23.45 * Math.PI / 180 * Math.Sin(2 * Math.PI * (285 + Math.Floor(day)) / 365), place = latitude * Math.PI / 180;
        double sine = (Math.Sin(place) * Math.Sin(declination)) + (Math.Cos(place) * Math.Cos(declination) * Math.Cos(2 * Math.PI * (hour - 12) / 24));
        return sine <= 0 ? 0 : SolarConstant * Math.Exp(-Attenuation / sine);
    }

    /// <inheritdoc/>
    public void Transfer(StateTransfer state)
    {
        ArgumentNullException.ThrowIfNull(state);
        state.Value(ref temperatureNoise);
        state.Value(ref cloudNoise);
        state.Value(ref humidityNoise);
        state.Value(ref windNoise);
    }

    /// <inheritdoc/>
    public readonly bool Equals(SyntheticWeather other) =>
        (temperatureNoise, cloudNoise, humidityNoise, windNoise) == (other.temperatureNoise, other.cloudNoise, other.humidityNoise, other.windNoise);

    /// <inheritdoc/>
    public override readonly bool Equals(object? obj) => obj is SyntheticWeather other && Equals(other);

    /// <inheritdoc/>
    public override readonly int GetHashCode() => HashCode.Combine(temperatureNoise, cloudNoise, humidityNoise, windNoise);

    /// <summary>Whether two have the same noise.</summary>
    public static bool operator ==(SyntheticWeather left, SyntheticWeather right) => left.Equals(right);

    /// <summary>Whether two differ.</summary>
    public static bool operator !=(SyntheticWeather left, SyntheticWeather right) => !left.Equals(right);

    private static double Next(double noise, double persistence, double normal) => (persistence * noise) + (Math.Sqrt(1 - (persistence * persistence)) * normal);
}
