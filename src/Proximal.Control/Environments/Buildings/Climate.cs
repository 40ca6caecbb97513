namespace Proximal.Control.Environments.Buildings;

/// <summary>The parameters of synthetic weather. The two climates are like Pittsburgh (cold winters, cloudy) and Tucson (hot, dry, clear) in their means and swings.</summary>
public sealed record Climate
{
    /// <summary>Like Pittsburgh.</summary>
    public static Climate Pittsburgh { get; } = new();

    /// <summary>Like Tucson.</summary>
    public static Climate Tucson { get; } = new()
    {
        MeanTemperature = 21.5,
        YearlySwing = 9.5,
        DailySwing = 7,
        TemperatureDeviation = 2,
        MeanHumidity = 36,
        MeanWind = 3.3,
        Latitude = 32.2,
        Cloudiness = 0.2,
    };

    /// <summary>Mean of the year in degrees Celsius.</summary>
    public double MeanTemperature { get; init; } = 11;

    /// <summary>Half of the swing between January and July in K.</summary>
    public double YearlySwing { get; init; } = 12.5;

    /// <summary>Half of the swing between night and afternoon under a clear sky in K.</summary>
    public double DailySwing { get; init; } = 4.5;

    /// <summary>Standard deviation of slow changes of temperature in K, which last about a day.</summary>
    public double TemperatureDeviation { get; init; } = 4;

    /// <summary>Mean relative humidity in percent.</summary>
    public double MeanHumidity { get; init; } = 71;

    /// <summary>Mean wind speed in m/s.</summary>
    public double MeanWind { get; init; } = 3.9;

    /// <summary>Degrees north.</summary>
    public double Latitude { get; init; } = 40.4;

    /// <summary>Share of direct radiation that clouds take in the mean.</summary>
    public double Cloudiness { get; init; } = 0.55;
}
