using Proximal.Control.Spaces;
using Proximal.Tensors;

namespace Proximal.Control.Environments.Combinatorial;

/// <summary>
/// The traveling salesman: a tour from node 0 through all nodes and back, whose length is the cost at the end. With distances that differ by direction
/// the observation holds them, otherwise the points; for every node it says whether it was visited and whether the way has come to it.
/// </summary>
public sealed class TravelingSalesman : RoutingEnvironment
{
    private readonly int nodes;
    private readonly bool asymmetric;

    /// <summary>Creates an environment whose episodes have random points.</summary>
    /// <param name="options">Size and kind; 20 points of the plane when null.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    public TravelingSalesman(TravelingSalesmanOptions? options = null)
        : this((options ?? new TravelingSalesmanOptions()).Nodes, options?.Asymmetric ?? false)
    {
    }

    private TravelingSalesman(int nodes, bool asymmetric)
        : base(nodes, nodes)
    {
        (this.nodes, this.asymmetric) = (nodes, asymmetric);
        Specification = new EnvironmentSpecification
        {
            Name = "traveling-salesman",
            Observations = new BoxSpace(asymmetric ? new Shape(nodes * (nodes + 2)) : new Shape(nodes * 4), 0, 1),
            Actions = new DiscreteSpace(nodes),
            HasActionMask = true,
            Metrics = ["length"],
        };
    }

    /// <inheritdoc/>
    public override EnvironmentSpecification Specification { get; }

    /// <summary>Places the points and begins the running episode anew with them.</summary>
    /// <param name="points">x and y of every node [nodes, 2].</param>
    /// <param name="observation">Receives the first observation.</param>
    /// <exception cref="ArgumentException">The number of points is not that of the nodes.</exception>
    public void SetPoints(ReadOnlySpan<double> points, Span<float> observation) => Place(points, observation);

    /// <inheritdoc/>
    public override void WriteActionMask(Span<bool> mask)
    {
        for (int node = 0; node < nodes; node++)
        {
            mask[node] = !Visited[node];
        }
    }

    /// <inheritdoc/>
    public override void WriteMetrics(Span<float> metrics) => metrics[0] = (float)Distances.Length(Way, closed: true);

    /// <inheritdoc/>
    protected override SingleEnvironment NewCopy() => new TravelingSalesman(nodes, asymmetric);

    /// <inheritdoc/>
    protected override void Begin(Span<float> observation)
    {
        DrawPoints();
        if (asymmetric)
        {
            Distances.Draw(ref Random);
        }

        Restart(observation);
    }

    /// <inheritdoc/>
    protected override StepOutcome Advance(ReadOnlySpan<float> action, Span<float> observation)
    {
        int node = (int)action[0];
        if (Visited[node])
        {
            throw Illegal(node);
        }

        Visit(node);
        Observe(observation);
        return Way.Length == nodes ? new StepOutcome(-Distances.Length(Way, closed: true), Terminated: true) : default;
    }

    private protected override void Observe(Span<float> observation)
    {
        if (!asymmetric)
        {
            WriteNodes(observation, 4);
            return;
        }

        ReadOnlySpan<double> distances = Distances.Values;
        for (int i = 0; i < distances.Length; i++)
        {
            observation[i] = (float)distances[i];
        }

        for (int node = 0; node < nodes; node++)
        {
            observation[distances.Length + node] = Visited[node] ? 1 : 0;
            observation[distances.Length + nodes + node] = node == Current ? 1 : 0;
        }
    }
}
