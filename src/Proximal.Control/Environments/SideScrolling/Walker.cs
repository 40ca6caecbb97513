namespace Proximal.Control.Environments.SideScrolling;

/// <summary>A creature that walks to and fro; the position is that of its upper left corner in pixels.</summary>
internal struct Walker
{
    public double X;
    public double Y;

    /// <summary>-1 to the left, 1 to the right.</summary>
    public int Direction;

    /// <summary>0 once it is gone.</summary>
    public int Alive;
}
