using System.Globalization;

namespace Proximal.Worlds.TowerDefence;

/// <summary>A decision.</summary>
/// <param name="Type">What to do.</param>
/// <param name="X">Where, in units of the map; types that need no place ignore it.</param>
/// <param name="Y">Where, upwards.</param>
public readonly record struct TowerAction(TowerActionType Type, double X = 0, double Y = 0)
{
    /// <summary>Number of types.</summary>
    public const int Types = 12;

    /// <summary>The scalar of a continuous policy for a type: the middle of its bin, (index + 1/2) / 12 * 2 - 1.</summary>
    public static double ToScalar(TowerActionType type) => (((int)type + 0.5) / Types * 2) - 1;

    /// <summary>The type of a scalar in [-1, 1], by twelve equal bins; numbers beyond are held.</summary>
    public static TowerActionType FromScalar(double scalar) =>
        (TowerActionType)(double.IsNaN(scalar) ? 0 : Math.Clamp((int)Math.Floor((scalar + 1) / 2 * Types), 0, Types - 1));

    /// <summary>The action of a continuous policy, three numbers in [-1, 1] for x, y and type.</summary>
    public static TowerAction FromUnit(double x, double y, double type) => new(FromScalar(type), x * TowerRules.MapRadius, y * TowerRules.MapRadius);

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Type}({X:0.###}, {Y:0.###})");
}
