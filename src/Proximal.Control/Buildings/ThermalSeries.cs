using Proximal.Control.Data;
using Proximal.Control.Environments;
using Proximal.Control.Environments.Buildings;

namespace Proximal.Control.Buildings;

/// <summary>
/// What a building did, a row for every quarter-hour: outdoor temperature, humidity, wind, direct radiation, people, temperature of the zone, heating and cooling setpoint, and the temperature of the
/// zone a quarter-hour later.
/// </summary>
public sealed class ThermalSeries
{
    /// <summary>Numbers of a row.</summary>
    public const int BaseWidth = 8;

    /// <summary>Numbers of a row with its context: the last change of the zone's temperature, and sines and cosines of the hour with 1, 2 and 4 periods a day.</summary>
    public const int ContextWidth = BaseWidth + 7;

    /// <summary>Where the temperature of the zone stands in a row.</summary>
    public const int ZoneColumn = 5;

    private static readonly NumberColumn[] Columns =
    [
        .. WeatherSeries.Columns,
        new(["people", "People Occupant Count"], 0, 1000),
        new(["zone-temperature", "Zone Air Temperature"], HvacZone.LowestTemperature, HvacZone.HighestTemperature),
        new(["heating", "Heating Setpoint Temperature"], HvacZone.LowestTemperature, HvacZone.HighestTemperature),
        new(["cooling", "Cooling Setpoint Temperature"], HvacZone.LowestTemperature, HvacZone.HighestTemperature),
    ];

    private readonly float[] rows;
    private readonly float[] next;

    /// <summary>Keeps a series.</summary>
    /// <param name="rows">[quarter-hours, <see cref="BaseWidth"/>], from midnight.</param>
    /// <param name="next">Temperatures of the zone a quarter-hour after each row [quarter-hours].</param>
    /// <exception cref="ArgumentException">The lengths do not agree, or there is no row.</exception>
    public ThermalSeries(ReadOnlySpan<float> rows, ReadOnlySpan<float> next)
    {
        if (next.IsEmpty || rows.Length != (long)next.Length * BaseWidth)
        {
            throw new ArgumentException($"{next.Length} rows of {BaseWidth} numbers were expected, not {rows.Length} numbers.", nameof(rows));
        }

        (this.rows, this.next) = (rows.ToArray(), next.ToArray());
    }

    /// <summary>Number of rows.</summary>
    public int Count => next.Length;

    /// <summary>[quarter-hours, <see cref="BaseWidth"/>].</summary>
    public ReadOnlySpan<float> Rows => rows;

    /// <summary>Temperatures of the zone a quarter-hour after each row [quarter-hours].</summary>
    public ReadOnlySpan<float> Next => next;

    /// <summary>
    /// Reads comma-separated values with a line of names: <c>outdoor-temperature</c>, <c>humidity</c>, <c>wind</c>, <c>solar</c>, <c>people</c>, <c>zone-temperature</c>,
    /// <c>heating</c> and <c>cooling</c>, or the names that EnergyPlus gives them, in any order and among others.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="nextPath">A file with the next temperatures of the zone, row by row; those of the following rows when null.</param>
    /// <exception cref="InvalidDataException">A column is missing or a number cannot be read; the message names file, line and column.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static ThermalSeries Load(string path, string? nextPath = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        float[] rows = NumberTable.Read(path, Columns);
        int count = rows.Length / BaseWidth;
        if (nextPath is null)
        {
            return count > 1
                ? new ThermalSeries(rows.AsSpan(0, (count - 1) * BaseWidth), [.. Enumerable.Range(1, count - 1).Select(row => rows[(row * BaseWidth) + ZoneColumn])])
                : throw new InvalidDataException($"{path}: one row, expected at least two.");
        }

        float[] next = NumberTable.Read(nextPath, [Columns[ZoneColumn]]);
        return next.Length == count ? new ThermalSeries(rows, next) : throw new InvalidDataException($"{nextPath}: {next.Length} rows, expected {count} as {path} has.");
    }

    /// <summary>Lets somebody control a zone and keeps what happens.</summary>
    /// <param name="environment">The zone, see <see cref="HvacZone"/>.</param>
    /// <param name="controller">Who acts.</param>
    /// <param name="steps">Quarter-hours.</param>
    /// <param name="seed">Seed of the episodes.</param>
    /// <exception cref="ArgumentException">The environment is no zone.</exception>
    public static ThermalSeries Collect(IEnvironment environment, Controller controller, int steps, ulong seed)
    {
        HvacZone.Require(environment);
        ArgumentNullException.ThrowIfNull(controller);
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        float[] rows = new float[checked(steps * BaseWidth)], next = new float[steps], action = new float[1];
        using VectorEnvironment copies = environment.CreateVector(1);
        StepBatch batch = copies.CreateBatch();
        copies.Reset(seed, batch);
        for (int step = 0; step < steps; step++)
        {
            Span<float> row = rows.AsSpan(step * BaseWidth, BaseWidth);
            batch.Observations[..HvacZone.Hour].CopyTo(row);
            controller(batch, action);
            row[^2] = Setpoints.Heating((int)action[0]);
            row[^1] = Setpoints.Cooling((int)action[0]);
            copies.Step(action, batch);
            next[step] = (batch.Ended(0) ? batch.FinalObservations : batch.Observations)[HvacZone.Zone];
        }

        return new ThermalSeries(rows, next);
    }

    /// <summary>The rows with their context, for buildings whose walls remember and whose plant has a timetable.</summary>
    /// <returns>[quarter-hours, <see cref="ContextWidth"/>].</returns>
    public float[] WithContext()
    {
        float[] wide = new float[Count * ContextWidth];
        for (int i = 0; i < Count; i++)
        {
            Span<float> row = wide.AsSpan(i * ContextWidth, ContextWidth);
            rows.AsSpan(i * BaseWidth, BaseWidth).CopyTo(row);
            row[BaseWidth] = i == 0 ? 0 : row[ZoneColumn] - rows[((i - 1) * BaseWidth) + ZoneColumn];
            for (int k = 0; k < 3; k++)
            {
                double angle = 2 * Math.PI * (1 << k) * (i % SyntheticWeather.StepsPerDay) / SyntheticWeather.StepsPerDay;
                row[BaseWidth + 1 + (2 * k)] = (float)Math.Sin(angle);
                row[BaseWidth + 2 + (2 * k)] = (float)Math.Cos(angle);
            }
        }

        return wide;
    }
}
