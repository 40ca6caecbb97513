namespace Proximal.Control.Rendering;

/// <summary>A place of the world.</summary>
/// <param name="X">Across.</param>
/// <param name="Y">Up, unless the world was set upside down.</param>
public readonly record struct Point(double X, double Y)
{
    /// <summary>The point turned about the origin and moved: where a point of a body lies.</summary>
    /// <param name="angle">Counter-clockwise, in radians.</param>
    /// <param name="offset">Added after the turn.</param>
    public Point Placed(double angle, Point offset)
    {
        (double sine, double cosine) = Math.SinCos(angle);
        return new Point((cosine * X) - (sine * Y) + offset.X, (sine * X) + (cosine * Y) + offset.Y);
    }
}
