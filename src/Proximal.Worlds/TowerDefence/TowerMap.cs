namespace Proximal.Worlds.TowerDefence;

/// <summary>The geometry of a level in whole thousandths of a unit: where an enemy is that has gone so far on its path.</summary>
public sealed class TowerMap
{
    internal const int Scale = 1000;
    private const int FractionBits = 24;
    private const double SampleStep = 0.05;

    private readonly int[] firstSegment;
    private readonly int[] startX;
    private readonly int[] startY;
    private readonly int[] begin;
    private readonly long[] directionX;
    private readonly long[] directionY;
    private readonly IReadOnlyList<IReadOnlyList<MapPoint>> paths;

    internal TowerMap(TowerLevel level)
    {
        paths = level.Paths;
        int segments = paths.Sum(path => path.Count - 1);
        firstSegment = new int[paths.Count + 1];
        Lengths = new int[paths.Count];
        startX = new int[segments];
        startY = new int[segments];
        begin = new int[segments];
        directionX = new long[segments];
        directionY = new long[segments];
        End = new int[segments];
        int at = 0;
        for (int path = 0; path < paths.Count; path++)
        {
            firstSegment[path] = at;
            int distance = 0;
            for (int corner = 1; corner < paths[path].Count; corner++, at++)
            {
                (int fromX, int fromY) = (ToThousandths(paths[path][corner - 1].X), ToThousandths(paths[path][corner - 1].Y));
                long x = ToThousandths(paths[path][corner].X) - fromX, y = ToThousandths(paths[path][corner].Y) - fromY;
                int length = Math.Max(1, (int)Math.Round(Math.Sqrt((x * x) + (y * y))));
                (startX[at], startY[at], begin[at]) = (fromX, fromY, distance);
                directionX[at] = (x << FractionBits) / length;
                directionY[at] = (y << FractionBits) / length;
                distance += length;
                End[at] = distance;
            }

            Lengths[path] = distance;
        }

        firstSegment[^1] = at;
    }

    /// <summary>Lengths of the paths in thousandths of a unit.</summary>
    internal int[] Lengths { get; }

    /// <summary>For every segment of every path, the distance on its path at which it ends.</summary>
    internal int[] End { get; }

    /// <summary>Length of a path in units.</summary>
    public double Length(int path) => (double)Lengths[path] / Scale;

    /// <summary>A place on a path.</summary>
    /// <param name="path">Which path.</param>
    /// <param name="distance">Units from its beginning.</param>
    public MapPoint At(int path, double distance)
    {
        int thousandths = Math.Clamp(ToThousandths(distance), 0, Lengths[path]), segment = firstSegment[path];
        while (thousandths > End[segment] && segment < firstSegment[path + 1] - 1)
        {
            segment++;
        }

        Locate(segment, thousandths, out int x, out int y);
        return new MapPoint((double)x / Scale, (double)y / Scale);
    }

    /// <summary>How near a place is to the nearest path, in units.</summary>
    public double DistanceToPath(MapPoint point) => Math.Sqrt(Nearest(point).SquaredDistance);

    /// <summary>The place of a path that is nearest to a place.</summary>
    public MapPoint NearestOnPath(MapPoint point) => Nearest(point).Point;

    /// <summary>How many units of all paths lie in a circle, by samples every twentieth of a unit.</summary>
    public double Coverage(MapPoint center, double radius)
    {
        double covered = 0;
        for (int path = 0; path < paths.Count; path++)
        {
            for (double distance = SampleStep / 2; distance < Length(path); distance += SampleStep)
            {
                MapPoint point = At(path, distance);
                double x = point.X - center.X, y = point.Y - center.Y;
                covered += (x * x) + (y * y) <= radius * radius ? SampleStep : 0;
            }
        }

        return covered;
    }

    internal static int ToThousandths(double units) => (int)Math.Round(units * Scale);

    internal int FirstSegment(int path) => firstSegment[path];

    internal int SegmentCount(int path) => firstSegment[path + 1] - firstSegment[path];

    internal void Locate(int segment, int distance, out int x, out int y)
    {
        int along = distance - begin[segment];
        x = startX[segment] + (int)(((directionX[segment] * along) + (1L << (FractionBits - 1))) >> FractionBits);
        y = startY[segment] + (int)(((directionY[segment] * along) + (1L << (FractionBits - 1))) >> FractionBits);
    }

    /// <summary>The distance on its path of the place of a segment that is nearest to a place: what <see cref="Locate"/> was given, or one beside it.</summary>
    internal int Project(int segment, int x, int y)
    {
        double along = (((double)(x - startX[segment]) * directionX[segment]) + ((double)(y - startY[segment]) * directionY[segment])) / (1L << FractionBits);
        return begin[segment] + (int)Math.Round(along);
    }

    private (double SquaredDistance, MapPoint Point) Nearest(MapPoint point)
    {
        (double best, MapPoint at) = (double.MaxValue, paths[0][0]);
        for (int p = 0; p < paths.Count; p++)
        {
            IReadOnlyList<MapPoint> path = paths[p];
            for (int i = 1; i < path.Count; i++)
            {
                MapPoint from = path[i - 1], to = path[i];
                double x = to.X - from.X, y = to.Y - from.Y;
                double share = Math.Clamp((((point.X - from.X) * x) + ((point.Y - from.Y) * y)) / ((x * x) + (y * y)), 0, 1);
                MapPoint foot = new(from.X + (share * x), from.Y + (share * y));
                double squared = ((point.X - foot.X) * (point.X - foot.X)) + ((point.Y - foot.Y) * (point.Y - foot.Y));
                if (squared < best)
                {
                    (best, at) = (squared, foot);
                }
            }
        }

        return (best, at);
    }
}
