using System.Globalization;

namespace Proximal.Worlds.TowerDefence;

/// <summary>A place of the map.</summary>
/// <param name="X">To the right, -3 to 3.</param>
/// <param name="Y">Upwards, -3 to 3.</param>
public readonly record struct MapPoint(double X, double Y)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"({X:0.###}, {Y:0.###})");
}
