using Proximal.Recipes;

namespace Proximal.Control.Environments.RigidBodies;

/// <summary>Settings of the <see cref="Lander"/>.</summary>
public sealed record LanderOptions
{
    /// <summary>Whether the action is the throttle of the main engine and of the side engines, each in [-1, 1], instead of one of four choices.</summary>
    public bool Continuous { get; init; }

    /// <summary>How far the thrust of an engine scatters, as a part of the scatter of LunarLander: 1 for all of it, 0 for exact engines.</summary>
    public double Dispersion { get; init; } = 1;

    /// <summary>The options as a recipe gives them.</summary>
    public static OptionSchema<LanderOptions> Schema { get; } = new OptionSchema<LanderOptions>(() => new LanderOptions())
        .Flag("continuous", o => o.Continuous, (o, v) => o with { Continuous = v }, "two throttles in [-1, 1] instead of four choices")
        .Number("dispersion", o => o.Dispersion, (o, v) => o with { Dispersion = v }, "scatter of the engines, as a part of that of LunarLander", minimum: 0, maximum: 10);
}
