using System.Globalization;
using Proximal.Control.Environments.Buildings;

namespace Proximal.Control.Buildings;

/// <summary>Settings of <see cref="ShootingController"/>; the defaults are those of the paper.</summary>
public sealed record ShootingOptions
{
    internal const int LongestHorizon = 96;
    internal const int MostSequences = 100_000;

    /// <summary>Quarter-hours that are looked ahead, 1 to 96.</summary>
    public int Horizon { get; init; } = 20;

    /// <summary>Random sequences of actions that are compared.</summary>
    public int Sequences { get; init; } = 1000;

    /// <summary>Discount of rewards.</summary>
    public double Discount { get; init; } = 0.99;

    /// <summary>Where people are comfortable.</summary>
    public ComfortZone Comfort { get; init; } = ComfortZone.Winter;

    /// <summary>People that are expected in occupied hours.</summary>
    public int People { get; init; } = 8;

    internal void Validate()
    {
        Require(Horizon is >= 1 and <= LongestHorizon, nameof(Horizon), Horizon, "1 to 96");
        Require(Sequences is >= 1 and <= MostSequences, nameof(Sequences), Sequences, "1 to 100,000");
        Require(Discount is > 0 and <= 1, nameof(Discount), Discount, "above 0, at most 1");
        Require(Comfort.Low < Comfort.High, "Comfort.Low", Comfort.Low, string.Create(CultureInfo.InvariantCulture, $"less than {Comfort.High}"));
        Require(People is >= 0 and <= 1000, nameof(People), People, "0 to 1000");
    }

    private static void Require(bool holds, string key, double value, string expected)
    {
        if (!holds)
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"{key} is {value}, expected {expected}."));
        }
    }
}
