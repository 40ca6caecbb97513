using System.Globalization;

namespace Proximal.Control.Environments;

/// <summary>Refuses options outside their ranges with a message that names key, value and range.</summary>
internal static class OptionRange
{
    public static void Check(string name, double value, double low, double high)
    {
        if (!(value >= low && value <= high))
        {
            throw new ArgumentOutOfRangeException(name, value, string.Create(CultureInfo.InvariantCulture, $"{name} is {value}, expected {low} to {high}."));
        }
    }
}
