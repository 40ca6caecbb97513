namespace Proximal.Control.Environments.Buildings;

/// <summary>Temperatures at which people are comfortable, in degrees Celsius.</summary>
/// <param name="Low">Lower bound.</param>
/// <param name="High">Upper bound.</param>
public readonly record struct ComfortZone(double Low, double High)
{
    /// <summary>20 to 23.5.</summary>
    public static ComfortZone Winter { get; } = new(20, 23.5);

    /// <summary>23 to 26.</summary>
    public static ComfortZone Summer { get; } = new(23, 26);

    /// <summary>How far a temperature lies outside in K; 0 inside.</summary>
    public double Violation(double temperature) => Math.Max(0, Math.Max(Low - temperature, temperature - High));
}
