using System.Globalization;
using Proximal.Control.Rendering;
using Proximal.Control.Spaces;
using Proximal.Control.State;
using Proximal.Tensors;

namespace Proximal.Control.Environments.Navigation;

/// <summary>
/// A point that must find out where its goal is (the two-dimensional navigation of Finn, Abbeel and Levine 2017): it begins within 0.05 of (0, 0) along both axes, an action in [-1, 1]^2
/// moves it by a tenth of it within [-2, 2]^2, the observation is its position, and the reward is minus the squared distance to a goal that is not observed.
/// An episode ends within 0.01 of the goal and is truncated after 20 steps. Environments with other goals are tasks of one family. The metric is
/// <c>distance</c>, that at the end.
/// </summary>
public sealed class GoalNavigation : SingleEnvironment
{
    private const double Bound = 2, Stride = 0.1, Near = 0.01, StartSpread = 0.05;

    private readonly GoalNavigationOptions options;
    private double x;
    private double y;

    /// <summary>Creates the environment.</summary>
    /// <param name="options">Settings; the defaults when null.</param>
    /// <exception cref="ArgumentException">A setting is outside its range.</exception>
    public GoalNavigation(GoalNavigationOptions? options = null)
    {
        this.options = options ?? new GoalNavigationOptions();
        if (GoalNavigationOptions.Schema.FindFault(this.options) is { } fault)
        {
            throw new ArgumentException($"goal-navigation: {fault}.", nameof(options));
        }

        Specification = new EnvironmentSpecification
        {
            Name = "goal-navigation",
            Observations = new BoxSpace(new Shape(2), (float)-Bound, (float)Bound),
            Actions = new BoxSpace(new Shape(2), -1, 1),
            MaximumSteps = this.options.MaximumSteps,
            Metrics = ["distance"],
        };
    }

    /// <inheritdoc/>
    public override EnvironmentSpecification Specification { get; }

    private double SquaredDistance => ((x - options.GoalX) * (x - options.GoalX)) + ((y - options.GoalY) * (y - options.GoalY));

    /// <inheritdoc/>
    public override void WriteMetrics(Span<float> metrics) => metrics[0] = (float)Math.Sqrt(SquaredDistance);

    /// <inheritdoc/>
    public override void Draw(Canvas canvas)
    {
        ArgumentNullException.ThrowIfNull(canvas);
        canvas.SetWorld(-1.2, -1.2, 1.2, 1.2);
        canvas.Circle(new Point(options.GoalX, options.GoalY), 0.05, Color.Teal);
        canvas.Circle(new Point(x, y), 0.04, Color.Indigo);
    }

    /// <inheritdoc/>
    public override void WriteText(TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"at ({x:0.00}, {y:0.00}), {Math.Sqrt(SquaredDistance):0.00} from the goal"));
    }

    /// <inheritdoc/>
    protected override SingleEnvironment NewCopy() => new GoalNavigation(options);

    /// <inheritdoc/>
    protected override void Begin(Span<float> observation)
    {
        x = Random.Uniform(-StartSpread, StartSpread);
        y = Random.Uniform(-StartSpread, StartSpread);
        Observe(observation);
    }

    /// <inheritdoc/>
    protected override StepOutcome Advance(ReadOnlySpan<float> action, Span<float> observation)
    {
        x = Math.Clamp(x + (Stride * Math.Clamp(action[0], -1, 1)), -Bound, Bound);
        y = Math.Clamp(y + (Stride * Math.Clamp(action[1], -1, 1)), -Bound, Bound);
        Observe(observation);
        double square = SquaredDistance;
        return new StepOutcome(-square, square <= Near * Near);
    }

    /// <inheritdoc/>
    protected override void TransferState(StateTransfer state)
    {
        state.Value(ref x);
        state.Value(ref y);
    }

    private void Observe(Span<float> observation) => (observation[0], observation[1]) = ((float)x, (float)y);
}
