using Proximal.Recipes;

namespace Proximal.Control.Environments.RigidBodies;

/// <summary>Settings of the <see cref="Lander"/>.</summary>
public sealed record LanderOptions
{
    /// <summary>Whether the action is the throttle of the main engine and of the side engines, each in [-1, 1], instead of one of four choices.</summary>
    public bool Continuous { get; init; }

    /// <summary>How far the thrust of an engine scatters, as a part of the scatter of LunarLander: 1 for all of it, 0 for exact engines.</summary>
    public double Dispersion { get; init; } = 1;

    /// <summary>Key, type and range of the values.</summary>
    public static OptionSchema<LanderOptions> Schema { get; } = new OptionSchema<LanderOptions>(() => new LanderOptions())
        .Flag("continuous", o => o.Continuous, (o, v) => o with { Continuous = v }, "Whether the action is two throttles instead of one of four choices.")
        .Number("dispersion", o => o.Dispersion, (o, v) => o with { Dispersion = v }, "How far the thrust of an engine scatters, as a part of the scatter of LunarLander.", 0, 10);

    internal void Validate()
    {
        if (!(Dispersion >= 0 && Dispersion <= 10))
        {
            throw new ArgumentException(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"Dispersion is {Dispersion}, expected 0 to 10."));
        }
    }
}
