using Proximal.Control.Spaces;
using Proximal.Control.State;
using Proximal.Tensors;

namespace Proximal.Control.Environments.Combinatorial;

/// <summary>
/// A tour from the depot, node 0, and back within a length, which collects the prizes of the places it passes; their sum is the reward at the end. Going
/// to the depot ends the tour. The observation holds x, y, visited, current and prize of every node, and the share of the length that is left.
/// </summary>
public sealed class Orienteering : RoutingEnvironment
{
    private const double Tolerance = 1e-6;

    private readonly OrienteeringOptions options;
    private readonly double budget;
    private readonly double[] prizes;
    private double left;

    /// <summary>Creates an environment whose episodes have random points and prizes.</summary>
    /// <param name="options">Size, length and prizes; 20 places when null.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    public Orienteering(OrienteeringOptions? options = null)
        : base((options?.Places ?? 20) + 1, (options?.Places ?? 20) + 2)
    {
        this.options = options ?? new OrienteeringOptions();
        OptionRange.Check(nameof(OrienteeringOptions.Budget), this.options.Budget, 0, 1000);
        budget = this.options.ActualBudget;
        prizes = new double[this.options.Places + 1];
        Specification = new EnvironmentSpecification
        {
            Name = "orienteering",
            Observations = new BoxSpace(new Shape((5 * prizes.Length) + 1), 0, 1),
            Actions = new DiscreteSpace(prizes.Length),
            HasActionMask = true,
            Metrics = ["prize"],
        };
    }

    /// <inheritdoc/>
    public override EnvironmentSpecification Specification { get; }

    /// <summary>The most length of the tour.</summary>
    public double Budget => budget;

    /// <summary>Prize of every node, 0 for the depot [nodes].</summary>
    public ReadOnlySpan<double> Prizes => prizes;

    private double Collected
    {
        get
        {
            double sum = 0;
            for (int node = 1; node < prizes.Length; node++)
            {
                sum += Visited[node] ? prizes[node] : 0;
            }

            return sum;
        }
    }

    /// <summary>Places points and prizes and begins the running episode anew with them.</summary>
    /// <param name="points">x and y of every node [nodes, 2].</param>
    /// <param name="newPrizes">Prize of every node from 0 to 1, 0 for the depot [nodes].</param>
    /// <param name="observation">Receives the first observation.</param>
    /// <exception cref="ArgumentException">The numbers do not fit.</exception>
    public void SetInstance(ReadOnlySpan<double> points, ReadOnlySpan<double> newPrizes, Span<float> observation)
    {
        if (newPrizes.Length != prizes.Length || newPrizes[0] != 0 || newPrizes.IndexOfAnyExceptInRange(0.0, 1.0) >= 0)
        {
            throw new ArgumentException($"{prizes.Length - 1} places have prizes from 0 to 1, the depot before them 0.", nameof(newPrizes));
        }

        newPrizes.CopyTo(prizes);
        left = budget;
        Place(points, observation);
    }

    /// <inheritdoc/>
    public override void WriteActionMask(Span<bool> mask)
    {
        mask[0] = true;
        for (int node = 1; node < prizes.Length; node++)
        {
            mask[node] = IsInReach(node);
        }
    }

    /// <inheritdoc/>
    public override void WriteMetrics(Span<float> metrics) => metrics[0] = (float)Collected;

    /// <inheritdoc/>
    protected override SingleEnvironment NewCopy() => new Orienteering(options);

    /// <inheritdoc/>
    protected override void Begin(Span<float> observation)
    {
        DrawPoints();
        double furthest = 0;
        for (int node = 1; node < prizes.Length; node++)
        {
            furthest = Math.Max(furthest, Distances[0, node]);
        }

        for (int node = 1; node < prizes.Length; node++)
        {
            prizes[node] = options.Prize switch
            {
                OrienteeringPrize.Constant => 1,
                OrienteeringPrize.Uniform => Random.Integer(1, 100) / 100.0,
                _ => (1 + Math.Floor(99 * Distances[0, node] / furthest)) / 100,
            };
        }

        left = budget;
        Restart(observation);
    }

    /// <inheritdoc/>
    protected override StepOutcome Advance(ReadOnlySpan<float> action, Span<float> observation)
    {
        int node = (int)action[0];
        if (node != 0 && !IsInReach(node))
        {
            throw Illegal(node);
        }

        left = Math.Max(0, left - Distances[Current, node]);
        Visit(node);
        Observe(observation);
        return node == 0 ? new StepOutcome(Collected, Terminated: true) : default;
    }

    /// <inheritdoc/>
    protected override void TransferState(StateTransfer state)
    {
        base.TransferState(state);
        state.Values<double>(prizes);
        state.Value(ref left);
    }

    private protected override void Observe(Span<float> observation)
    {
        WriteNodes(observation, 5);
        for (int node = 0; node < prizes.Length; node++)
        {
            observation[(5 * node) + 4] = (float)prizes[node];
        }

        observation[^1] = (float)(left / budget);
    }

    private bool IsInReach(int node) => !Visited[node] && Distances[Current, node] + Distances[node, 0] <= left + Tolerance;
}
