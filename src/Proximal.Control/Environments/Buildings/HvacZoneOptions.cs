using Proximal.Recipes;

namespace Proximal.Control.Environments.Buildings;

/// <summary>Settings of <see cref="HvacZone"/>.</summary>
public sealed record HvacZoneOptions
{
    /// <summary>Synthetic weather, where there is no file.</summary>
    public ClimateKind Climate { get; init; } = ClimateKind.Pittsburgh;

    /// <summary>A table of weather, see <see cref="WeatherSeries"/>; empty for synthetic weather.</summary>
    public string WeatherFile { get; init; } = "";

    /// <summary>When episodes begin.</summary>
    public Season Season { get; init; } = Season.Winter;

    /// <summary>Days of an episode.</summary>
    public int Days { get; init; } = 7;

    /// <summary>People in occupied hours.</summary>
    public int People { get; init; } = 8;

    /// <summary>Key, type and range of the values.</summary>
    public static OptionSchema<HvacZoneOptions> Schema { get; } = new OptionSchema<HvacZoneOptions>(() => new HvacZoneOptions())
        .Choice("climate", o => o.Climate, (o, v) => o with { Climate = v }, "synthetic weather, where there is no file", ("pittsburgh", ClimateKind.Pittsburgh), ("tucson", ClimateKind.Tucson))
        .Text("weather-file", o => o.WeatherFile, (o, v) => o with { WeatherFile = v }, "a table of weather, a row for every quarter-hour from January 1; empty for synthetic weather")
        .Choice("season", o => o.Season, (o, v) => o with { Season = v }, "when episodes begin", ("winter", Season.Winter), ("summer", Season.Summer), ("year", Season.Year))
        .Integer("days", o => o.Days, (o, v) => o with { Days = v }, "days of an episode", 1, 366)
        .Integer("people", o => o.People, (o, v) => o with { People = v }, "people in occupied hours", 1, 100);
}
