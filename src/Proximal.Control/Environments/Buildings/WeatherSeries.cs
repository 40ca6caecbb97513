using Proximal.Control.Data;

namespace Proximal.Control.Environments.Buildings;

/// <summary>Recorded weather, a sample for every quarter-hour.</summary>
public sealed class WeatherSeries
{
    internal static readonly NumberColumn[] Columns =
    [
        new(["outdoor-temperature", "Outdoor Air Drybulb Temperature"], HvacZone.LowestTemperature, HvacZone.HighestTemperature),
        new(["humidity", "Outdoor Air Relative Humidity"], 0, 100),
        new(["wind", "Wind Speed"], 0, HvacZone.StrongestWind),
        new(["solar", "Direct Solar Radiation"], 0, HvacZone.StrongestSun),
    ];

    private readonly WeatherSample[] samples;

    /// <summary>Keeps weather.</summary>
    /// <param name="samples">A sample for every quarter-hour from midnight before January 1, at least a day.</param>
    /// <exception cref="ArgumentException">There is less than a day.</exception>
    public WeatherSeries(IReadOnlyList<WeatherSample> samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        if (samples.Count < SyntheticWeather.StepsPerDay)
        {
            throw new ArgumentException($"The weather has {samples.Count} quarter-hours, expected at least {SyntheticWeather.StepsPerDay}.", nameof(samples));
        }

        this.samples = [.. samples];
    }

    /// <summary>Number of quarter-hours.</summary>
    public int Count => samples.Length;

    /// <summary>The weather of a quarter-hour; after the last one the first follows again.</summary>
    public WeatherSample this[int quarter] => samples[quarter % samples.Length];

    /// <summary>
    /// Reads comma-separated values with a line of names: <c>outdoor-temperature</c>, <c>humidity</c>, <c>wind</c> and <c>solar</c>, or the names that EnergyPlus gives them, in
    /// any order and among others.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">A column is missing or a number cannot be read; the message names file, line and column.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static WeatherSeries Load(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        float[] numbers = NumberTable.Read(path, Columns);
        WeatherSample[] samples = new WeatherSample[numbers.Length / Columns.Length];
        for (int i = 0; i < samples.Length; i++)
        {
            ReadOnlySpan<float> row = numbers.AsSpan(i * Columns.Length, Columns.Length);
            samples[i] = new WeatherSample(row[0], row[1], row[2], row[3]);
        }

        return samples.Length >= SyntheticWeather.StepsPerDay
            ? new WeatherSeries(samples)
            : throw new InvalidDataException($"{path}: {samples.Length} rows, expected at least {SyntheticWeather.StepsPerDay}, a day of quarter-hours.");
    }
}
