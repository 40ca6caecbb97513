using System.Globalization;
using Proximal.Control.Rendering;
using Proximal.Control.State;

namespace Proximal.Control.Environments.Combinatorial;

/// <summary>
/// A way through points of the unit square that is built node by node: the action is the next node. Rewards are 0 until the end. Every episode has
/// points of its own.
/// </summary>
public abstract class RoutingEnvironment : SingleEnvironment
{
    private readonly double[] points;
    private readonly bool[] visited;
    private readonly int[] way;
    private int length;

    private protected RoutingEnvironment(int nodes, int longestWay)
    {
        OptionRange.Check(nameof(nodes), nodes, 2, Distances.MostNodes);
        points = new double[2 * nodes];
        visited = new bool[nodes];
        way = new int[longestWay];
        Distances = new Distances(nodes);
    }

    /// <summary>x and y of every node [nodes, 2].</summary>
    public ReadOnlySpan<double> Points => points;

    /// <summary>The distances between them.</summary>
    public Distances Distances { get; }

    /// <summary>The nodes of the way so far, the first one included.</summary>
    public ReadOnlySpan<int> Way => way.AsSpan(0, length);

    private protected int Current => way[length - 1];

    private protected ReadOnlySpan<bool> Visited => visited;

    /// <inheritdoc/>
    public override void Draw(Canvas canvas)
    {
        ArgumentNullException.ThrowIfNull(canvas);
        canvas.SetWorld(-0.05, -0.05, 1.05, 1.05);
        for (int i = 1; i < length; i++)
        {
            canvas.Line(At(way[i - 1]), At(way[i]), 0.006, Color.Indigo);
        }

        for (int node = 0; node < visited.Length; node++)
        {
            canvas.Circle(At(node), node == 0 ? 0.02 : 0.012, node == Current ? Color.Amber : visited[node] ? Color.Indigo : Color.Gray);
        }
    }

    /// <inheritdoc/>
    public override void WriteText(TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"way of length {Distances.Length(Way, closed: false):0.000}:"));
        string nodes = string.Join(' ', Way.ToArray());
        for (int start = 0; start < nodes.Length; start += 80)
        {
            writer.WriteLine(nodes.AsSpan(start, Math.Min(80, nodes.Length - start)));
        }
    }

    /// <summary>Places the points and begins the episode anew with them.</summary>
    /// <param name="newPoints">x and y of every node [nodes, 2].</param>
    /// <param name="observation">Receives the first observation.</param>
    /// <exception cref="ArgumentException">The number of points is not that of the nodes.</exception>
    private protected void Place(ReadOnlySpan<double> newPoints, Span<float> observation)
    {
        if (newPoints.Length != points.Length)
        {
            throw new ArgumentException($"{points.Length / 2} nodes have as many points, not {newPoints.Length / 2.0}.", nameof(newPoints));
        }

        newPoints.CopyTo(points);
        Distances.Measure(points);
        Restart(observation);
    }

    private protected void DrawPoints()
    {
        foreach (ref double coordinate in points.AsSpan())
        {
            coordinate = Random.Uniform();
        }

        Distances.Measure(points);
    }

    private protected void Restart(Span<float> observation)
    {
        visited.AsSpan().Clear();
        length = 0;
        Visit(0);
        Observe(observation);
    }

    private protected void Visit(int node)
    {
        visited[node] = true;
        way[length++] = node;
    }

    private protected InvalidOperationException Illegal(int node) => new($"node {node} cannot follow node {Current}; the action mask says which can");

    /// <summary>Writes x, y, whether it was visited, and whether the way has come to it, of every node.</summary>
    private protected void WriteNodes(Span<float> observation, int stride)
    {
        for (int node = 0; node < visited.Length; node++)
        {
            Span<float> row = observation.Slice(node * stride, stride);
            (row[0], row[1]) = ((float)points[2 * node], (float)points[(2 * node) + 1]);
            (row[2], row[3]) = (visited[node] ? 1 : 0, node == Current ? 1 : 0);
        }
    }

    private protected abstract void Observe(Span<float> observation);

    /// <inheritdoc/>
    protected override void TransferState(StateTransfer state)
    {
        ArgumentNullException.ThrowIfNull(state);
        state.Values<double>(points);
        state.Values(Distances.Values);
        state.Values<bool>(visited);
        state.Values<int>(way);
        state.Value(ref length);
    }

    private Point At(int node) => new(points[2 * node], points[(2 * node) + 1]);
}
