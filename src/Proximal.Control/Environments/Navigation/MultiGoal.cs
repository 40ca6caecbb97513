using System.Globalization;
using Proximal.Control.Rendering;
using Proximal.Control.Spaces;
using Proximal.Control.State;
using Proximal.Tensors;

namespace Proximal.Control.Environments.Navigation;

/// <summary>
/// A point among goals that are all as good (Haarnoja et al. 2017): p is moved by an action in [-1, 1]^2, within [-7, 7]^2; goals lie on a circle of
/// radius 5. The observation is p; the reward is -30 cost |a|^2 - d^2 + 10 [d &lt; 1] with the distance d to the nearest goal after the move. An episode
/// begins near the middle, ends within the goal radius and is truncated after 30 steps. Metrics are <c>success</c> and <c>goal</c>, the one that was
/// reached or -1.
/// </summary>
public sealed class MultiGoal : SingleEnvironment
{
    private const double Bound = 7, Circle = 5, ActionScale = 30, Bonus = 10, BonusRadius = 1, StartDeviation = 0.1;

    private readonly MultiGoalOptions options;
    private double x;
    private double y;
    private int reached;

    /// <summary>Creates the environment.</summary>
    /// <param name="options">Settings; the defaults when null.</param>
    /// <exception cref="ArgumentException">A setting is outside its range.</exception>
    public MultiGoal(MultiGoalOptions? options = null)
    {
        this.options = options ?? new MultiGoalOptions();
        if (MultiGoalOptions.Schema.FindFault(this.options) is { } fault)
        {
            throw new ArgumentException($"multigoal: {fault}.", nameof(options));
        }
    }

    /// <inheritdoc/>
    public override EnvironmentSpecification Specification { get; } = new()
    {
        Name = "multigoal",
        Observations = new BoxSpace(new Shape(2), (float)-Bound, (float)Bound),
        Actions = new BoxSpace(new Shape(2), -1, 1),
        MaximumSteps = 30,
        Metrics = ["success", "goal"],
    };

    /// <summary>Where a goal is.</summary>
    /// <param name="goal">Its number, from 0.</param>
    public (double X, double Y) Goal(int goal)
    {
        (double sine, double cosine) = Math.SinCos(2 * Math.PI * goal / options.Goals);
        return (Circle * cosine, Circle * sine);
    }

    /// <summary>Entropy of the goals that were reached, in nats: at most ln K, when all K are reached equally often; 0 when none is.</summary>
    /// <param name="counts">How often each goal was reached.</param>
    public static double GoalEntropy(ReadOnlySpan<int> counts)
    {
        double total = 0, entropy = 0;
        foreach (int count in counts)
        {
            total += count;
        }

        foreach (int count in counts)
        {
            entropy -= count > 0 ? count / total * Math.Log(count / total) : 0;
        }

        return entropy;
    }

    /// <inheritdoc/>
    public override void WriteMetrics(Span<float> metrics) => (metrics[0], metrics[1]) = (reached >= 0 ? 1 : 0, reached);

    /// <inheritdoc/>
    public override void Draw(Canvas canvas)
    {
        ArgumentNullException.ThrowIfNull(canvas);
        canvas.SetWorld(-Bound, -Bound, Bound, Bound);
        for (int goal = 0; goal < options.Goals; goal++)
        {
            (double goalX, double goalY) = Goal(goal);
            canvas.Circle(new Point(goalX, goalY), options.GoalRadius, Color.Teal);
        }

        canvas.Circle(new Point(x, y), 0.25, Color.Indigo);
    }

    /// <inheritdoc/>
    public override void WriteText(TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        (int goal, double square) = Nearest();
        writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"at ({x:0.00}, {y:0.00}), {Math.Sqrt(square):0.00} from goal {goal} of {options.Goals}"));
    }

    /// <inheritdoc/>
    protected override SingleEnvironment NewCopy() => new MultiGoal(options);

    /// <inheritdoc/>
    protected override void Begin(Span<float> observation)
    {
        x = options.StartInTheMiddle ? 0 : StartDeviation * Random.Normal();
        y = options.StartInTheMiddle ? 0 : StartDeviation * Random.Normal();
        reached = -1;
        Observe(observation);
    }

    /// <inheritdoc/>
    protected override StepOutcome Advance(ReadOnlySpan<float> action, Span<float> observation)
    {
        double actionX = Math.Clamp(action[0], -1, 1), actionY = Math.Clamp(action[1], -1, 1);
        x = Math.Clamp(x + actionX + Disturbance(), -Bound, Bound);
        y = Math.Clamp(y + actionY + Disturbance(), -Bound, Bound);
        (int goal, double square) = Nearest();
        bool arrived = square <= options.GoalRadius * options.GoalRadius;
        reached = arrived ? goal : -1;
        Observe(observation);
        double cost = ActionScale * options.ActionCost * ((actionX * actionX) + (actionY * actionY));
        return new StepOutcome(-cost - square + (square < BonusRadius * BonusRadius ? Bonus : 0), arrived);
    }

    /// <inheritdoc/>
    protected override void TransferState(StateTransfer state)
    {
        state.Value(ref reached);
        state.Value(ref x);
        state.Value(ref y);
    }

    private double Disturbance() => options.Noise > 0 ? options.Noise * Random.Normal() : 0;

    private (int Goal, double Square) Nearest()
    {
        (int Goal, double Square) best = (0, double.MaxValue);
        for (int goal = 0; goal < options.Goals; goal++)
        {
            (double goalX, double goalY) = Goal(goal);
            double square = ((x - goalX) * (x - goalX)) + ((y - goalY) * (y - goalY));
            best = square < best.Square ? (goal, square) : best;
        }

        return best;
    }

    private void Observe(Span<float> observation) => (observation[0], observation[1]) = ((float)x, (float)y);
}
