using Proximal.Control.Rendering;
using Proximal.Control.Spaces;
using Proximal.Control.State;
using Proximal.Tensors;

namespace Proximal.Control.Environments.Diagnostic;

/// <summary>
/// One step in the square [-1, 1]^2 with equal peaks of reward on a circle of radius 0.8: sum_k exp(-|a - c_k|^2 / (2 x 0.08^2)). Shows whether a policy
/// can hold several good actions at once. The observation is 1.
/// </summary>
public sealed class PeaksBandit : SingleEnvironment
{
    private const double Radius = 0.8, Width = 0.08;

    private readonly int peaks;
    private double x;
    private double y;

    /// <summary>Creates a bandit.</summary>
    /// <param name="peaks">Number of peaks, 1 to 64.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is outside its range.</exception>
    public PeaksBandit(int peaks = 8)
    {
        OptionRange.Check(nameof(peaks), peaks, 1, 64);
        this.peaks = peaks;
        Specification = new EnvironmentSpecification
        {
            Name = "peaks-bandit",
            Observations = new BoxSpace(new Shape(1), 0, 1),
            Actions = new BoxSpace(new Shape(2), -1, 1),
            MaximumSteps = 1,
            RewardThreshold = 0.9,
        };
    }

    /// <inheritdoc/>
    public override EnvironmentSpecification Specification { get; }

    /// <summary>The place of a peak.</summary>
    public Point Peak(int peak)
    {
        (double sine, double cosine) = Math.SinCos(2 * Math.PI * peak / peaks);
        return new Point(Radius * cosine, Radius * sine);
    }

    /// <summary>What an action pays.</summary>
    public double Reward(double actionX, double actionY)
    {
        double sum = 0;
        for (int peak = 0; peak < peaks; peak++)
        {
            Point center = Peak(peak);
            double across = actionX - center.X, along = actionY - center.Y;
            sum += Math.Exp(-((across * across) + (along * along)) / (2 * Width * Width));
        }

        return sum;
    }

    /// <inheritdoc/>
    public override void Draw(Canvas canvas)
    {
        ArgumentNullException.ThrowIfNull(canvas);
        canvas.SetWorld(-1.1, -1.1, 1.1, 1.1);
        for (int peak = 0; peak < peaks; peak++)
        {
            canvas.Circle(Peak(peak), 2 * Width, Color.Teal.WithOpacity(0.3));
            canvas.Circle(Peak(peak), Width, Color.Teal);
        }

        canvas.Circle(new Point(x, y), 0.03, Color.Indigo);
    }

    /// <inheritdoc/>
    protected override SingleEnvironment NewCopy() => new PeaksBandit(peaks);

    /// <inheritdoc/>
    protected override void Begin(Span<float> observation)
    {
        (x, y) = (0, 0);
        observation[0] = 1;
    }

    /// <inheritdoc/>
    protected override StepOutcome Advance(ReadOnlySpan<float> action, Span<float> observation)
    {
        (x, y) = (Math.Clamp(action[0], -1, 1), Math.Clamp(action[1], -1, 1));
        observation[0] = 1;
        return new StepOutcome(Reward(x, y), Terminated: true);
    }

    /// <inheritdoc/>
    protected override void TransferState(StateTransfer state)
    {
        state.Value(ref x);
        state.Value(ref y);
    }
}
