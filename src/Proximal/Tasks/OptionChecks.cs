using static System.FormattableString;

namespace Proximal.Tasks;

/// <summary>Checks of option values: a sentence that names the key, the value and what is expected, or null.</summary>
internal static class OptionChecks
{
    public static string? Range(string key, double value, double minimum, double maximum) =>
        Holds(value >= minimum && value <= maximum, key, value, Invariant($"{minimum} to {maximum}"));

    public static string? Holds<T>(bool holds, string key, T value, string expected) => holds ? null : Invariant($"'{key}' is {value}, expected {expected}");

    public static void Validate(string? fault)
    {
        if (fault is not null)
        {
            throw new ArgumentException(fault);
        }
    }
}
