using System.Globalization;

namespace Proximal.Control.Environments.Buildings;

/// <summary>
/// The commands of a thermostat as discrete actions: heating setpoints 15..22 and cooling setpoints 21..30 in whole degrees, 80 pairs. Action 10 (heating - 15) + cooling - 21.
/// </summary>
public static class Setpoints
{
    /// <summary>Number of actions.</summary>
    public const int Count = HeatingCount * CoolingCount;

    /// <summary>The lowest heating setpoint, at which the system idles.</summary>
    public const int LeastHeating = 15;

    /// <summary>The lowest cooling setpoint.</summary>
    public const int LeastCooling = 21;

    /// <summary>Number of heating setpoints.</summary>
    public const int HeatingCount = 8;

    /// <summary>Number of cooling setpoints.</summary>
    public const int CoolingCount = 10;

    /// <summary>The action that idles: heating below 15, cooling above 30 degrees.</summary>
    public const int Idle = CoolingCount - 1;

    /// <summary>As <c>22/25</c> for heating below 22 and cooling above 25 degrees.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Enumerable.Range(0, Count).Select(a => string.Create(CultureInfo.InvariantCulture, $"{Heating(a)}/{Cooling(a)}"))];

    /// <summary>The setpoints of every action, as <c>heating</c> and <c>cooling</c>.</summary>
    public static IReadOnlyList<ActionNumbers> Numbers { get; } =
    [
        new("heating", [.. Enumerable.Range(0, Count).Select(a => (double)Heating(a))]),
        new("cooling", [.. Enumerable.Range(0, Count).Select(a => (double)Cooling(a))]),
    ];

    /// <summary>The heating setpoint of an action.</summary>
    public static int Heating(int action) => LeastHeating + (action / CoolingCount);

    /// <summary>The cooling setpoint of an action.</summary>
    public static int Cooling(int action) => LeastCooling + (action % CoolingCount);

    /// <summary>The action of a pair of setpoints.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such action.</exception>
    public static int Action(int heating, int cooling)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(heating, LeastHeating);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(heating, LeastHeating + HeatingCount);
        ArgumentOutOfRangeException.ThrowIfLessThan(cooling, LeastCooling);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(cooling, LeastCooling + CoolingCount);
        return ((heating - LeastHeating) * CoolingCount) + cooling - LeastCooling;
    }

    /// <summary>|heating - 15| + |30 - cooling|: how far an action is from idling.</summary>
    public static double Effort(int action) => Heating(action) - LeastHeating + (LeastCooling + CoolingCount - 1 - Cooling(action));
}
