namespace Proximal.Control.Environments.RigidBodies;

/// <summary>Settings of the <see cref="Lander"/>.</summary>
public sealed record LanderOptions
{
    /// <summary>Whether the action is the throttle of the main engine and of the side engines, each in [-1, 1], instead of one of four choices.</summary>
    public bool Continuous { get; init; }

    /// <summary>How far the thrust of an engine scatters, as a part of the scatter of LunarLander: 1 for all of it, 0 for exact engines.</summary>
    public double Dispersion { get; init; } = 1;

    internal void Validate()
    {
        if (!(Dispersion >= 0 && Dispersion <= 10))
        {
            throw new ArgumentException(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"Dispersion is {Dispersion}, expected 0 to 10."));
        }
    }
}
