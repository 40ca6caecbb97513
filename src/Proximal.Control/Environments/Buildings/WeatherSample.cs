namespace Proximal.Control.Environments.Buildings;

/// <summary>The weather of a quarter-hour.</summary>
/// <param name="Outdoor">Dry-bulb temperature in degrees Celsius.</param>
/// <param name="Humidity">Relative humidity in percent, 0 to 100.</param>
/// <param name="Wind">Wind speed in m/s.</param>
/// <param name="Solar">Direct solar radiation in W/m^2.</param>
public readonly record struct WeatherSample(double Outdoor, double Humidity, double Wind, double Solar);
