namespace Proximal.Control.Environments.Combinatorial;

/// <summary>Distances between nodes, not necessarily the same in both directions.</summary>
public sealed class Distances
{
    /// <summary>The most nodes.</summary>
    public const int MostNodes = 2000;

    private readonly double[] values;

    internal Distances(int nodes)
    {
        OptionRange.Check(nameof(nodes), nodes, 1, MostNodes);
        Nodes = nodes;
        values = new double[nodes * nodes];
    }

    /// <summary>Number of nodes.</summary>
    public int Nodes { get; }

    /// <summary>The distance from a node to another.</summary>
    public double this[int from, int to] => values[(from * Nodes) + to];

    /// <summary>All distances, row by row, to be saved.</summary>
    internal Span<double> Values => values;

    /// <summary>The straight distances between points of the plane.</summary>
    /// <param name="points">x and y of every node [nodes, 2].</param>
    public static Distances Between(ReadOnlySpan<double> points)
    {
        Distances distances = new(points.Length / 2);
        distances.Measure(points);
        return distances;
    }

    /// <summary>Distances drawn from U(0, 1) in both directions, then shortened to those of the shortest ways, so that no detour is shorter.</summary>
    /// <param name="nodes">Number of nodes.</param>
    /// <param name="random">Source.</param>
    public static Distances Drawn(int nodes, ref EpisodeRandom random)
    {
        Distances distances = new(nodes);
        distances.Draw(ref random);
        return distances;
    }

    /// <summary>The length of a way from node to node.</summary>
    /// <param name="nodes">The nodes in order.</param>
    /// <param name="closed">Whether it returns to its first node.</param>
    public double Length(ReadOnlySpan<int> nodes, bool closed)
    {
        double sum = closed && nodes.Length > 0 ? this[nodes[^1], nodes[0]] : 0;
        for (int i = 1; i < nodes.Length; i++)
        {
            sum += this[nodes[i - 1], nodes[i]];
        }

        return sum;
    }

    internal void Measure(ReadOnlySpan<double> points)
    {
        for (int i = 0; i < Nodes; i++)
        {
            for (int j = 0; j < Nodes; j++)
            {
                double x = points[2 * i] - points[2 * j], y = points[(2 * i) + 1] - points[(2 * j) + 1];
                values[(i * Nodes) + j] = Math.Sqrt((x * x) + (y * y));
            }
        }
    }

    internal void Draw(ref EpisodeRandom random)
    {
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = i % (Nodes + 1) == 0 ? 0 : random.Uniform();
        }

        for (int middle = 0; middle < Nodes; middle++)
        {
            for (int i = 0; i < Nodes; i++)
            {
                for (int j = 0; j < Nodes; j++)
                {
                    ref double distance = ref values[(i * Nodes) + j];
                    distance = Math.Min(distance, this[i, middle] + this[middle, j]);
                }
            }
        }
    }
}
