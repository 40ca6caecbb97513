using System.Globalization;

namespace Proximal.Control.Learning;

/// <summary>Refuses options outside their ranges with a message that names key, value and range.</summary>
internal static class OptionCheck
{
    public static void AtLeast(long value, string key, long low)
    {
        if (value < low)
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"{key} is {value}; it must be {low} or more."));
        }
    }

    public static void NotNegative(double value, string key)
    {
        if (!(value >= 0 && value <= double.MaxValue))
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"{key} is {value}; it must be finite and 0 or more."));
        }
    }

    public static void Positive(double value, string key)
    {
        if (!(value > 0 && value <= double.MaxValue))
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"{key} is {value}; it must be finite and above 0."));
        }
    }

    public static void Share(double value, string key)
    {
        if (!(value >= 0 && value <= 1))
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"{key} is {value}; it must be in [0, 1]."));
        }
    }
}
