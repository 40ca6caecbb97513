using Proximal.Control.Spaces;
using Proximal.Control.State;
using Proximal.Tensors;

namespace Proximal.Control.Environments.Combinatorial;

/// <summary>
/// A vehicle that serves customers whose demands, U{1..9}, exceed what it carries: it returns to the depot, node 0, to load again. The length of all
/// routes is the cost at the end. The observation holds x, y, visited, current and demand / capacity of every node, and what is left on the vehicle.
/// </summary>
public sealed class VehicleRouting : RoutingEnvironment
{
    private const int LargestDemand = 9;

    private readonly VehicleRoutingOptions options;
    private readonly int capacity;
    private readonly int[] demands;
    private int left;

    /// <summary>Creates an environment whose episodes have random points and demands.</summary>
    /// <param name="options">Size and capacity; 20 customers when null.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    public VehicleRouting(VehicleRoutingOptions? options = null)
        : base((options?.Customers ?? 20) + 1, (2 * (options?.Customers ?? 20)) + 1)
    {
        this.options = options ?? new VehicleRoutingOptions();
        capacity = this.options.ActualCapacity;
        OptionRange.Check(nameof(VehicleRoutingOptions.Capacity), capacity, LargestDemand, 1_000_000);
        demands = new int[this.options.Customers + 1];
        Specification = new EnvironmentSpecification
        {
            Name = "vehicle-routing",
            Observations = new BoxSpace(new Shape((5 * demands.Length) + 1), 0, 1),
            Actions = new DiscreteSpace(demands.Length),
            HasActionMask = true,
            Metrics = ["length"],
        };
    }

    /// <inheritdoc/>
    public override EnvironmentSpecification Specification { get; }

    /// <summary>The most that the vehicle carries.</summary>
    public int Capacity => capacity;

    /// <summary>Demand of every node, 0 for the depot [nodes].</summary>
    public ReadOnlySpan<int> Demands => demands;

    /// <summary>Places points and demands and begins the running episode anew with them.</summary>
    /// <param name="points">x and y of every node [nodes, 2].</param>
    /// <param name="newDemands">Demand of every node, 0 for the depot [nodes].</param>
    /// <param name="observation">Receives the first observation.</param>
    /// <exception cref="ArgumentException">The numbers do not fit, or a demand exceeds the capacity.</exception>
    public void SetInstance(ReadOnlySpan<double> points, ReadOnlySpan<int> newDemands, Span<float> observation)
    {
        if (newDemands.Length != demands.Length || newDemands[0] != 0 || newDemands[1..].IndexOfAnyExceptInRange(1, capacity) >= 0)
        {
            throw new ArgumentException($"{demands.Length - 1} customers have demands from 1 to {capacity}, the depot before them 0.", nameof(newDemands));
        }

        newDemands.CopyTo(demands);
        left = capacity;
        Place(points, observation);
    }

    /// <inheritdoc/>
    public override void WriteActionMask(Span<bool> mask)
    {
        mask[0] = Current != 0;
        for (int node = 1; node < demands.Length; node++)
        {
            mask[node] = !Visited[node] && demands[node] <= left;
        }
    }

    /// <inheritdoc/>
    public override void WriteMetrics(Span<float> metrics) => metrics[0] = (float)Distances.Length(Way, closed: true);

    /// <inheritdoc/>
    protected override SingleEnvironment NewCopy() => new VehicleRouting(options);

    /// <inheritdoc/>
    protected override void Begin(Span<float> observation)
    {
        DrawPoints();
        for (int node = 1; node < demands.Length; node++)
        {
            demands[node] = Random.Integer(1, LargestDemand);
        }

        left = capacity;
        Restart(observation);
    }

    /// <inheritdoc/>
    protected override StepOutcome Advance(ReadOnlySpan<float> action, Span<float> observation)
    {
        int node = (int)action[0];
        if (node == 0 ? Current == 0 : Visited[node] || demands[node] > left)
        {
            throw Illegal(node);
        }

        left = node == 0 ? capacity : left - demands[node];
        Visit(node);
        Observe(observation);
        return Visited.Contains(false) ? default : new StepOutcome(-Distances.Length(Way, closed: true), Terminated: true);
    }

    /// <inheritdoc/>
    protected override void TransferState(StateTransfer state)
    {
        base.TransferState(state);
        state.Values<int>(demands);
        state.Value(ref left);
    }

    private protected override void Observe(Span<float> observation)
    {
        WriteNodes(observation, 5);
        for (int node = 0; node < demands.Length; node++)
        {
            observation[(5 * node) + 4] = (float)demands[node] / capacity;
        }

        observation[^1] = (float)left / capacity;
    }
}
