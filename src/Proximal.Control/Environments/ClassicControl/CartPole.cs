using System.Globalization;
using Proximal.Control.Rendering;
using Proximal.Control.Spaces;
using Proximal.Control.State;

namespace Proximal.Control.Environments.ClassicControl;

/// <summary>
/// CartPole-v1 (Barto, Sutton and Anderson 1983, as in Gymnasium): a pole on a cart that is pushed left (0) or right (1) with 10 N. The
/// observation is position (m), velocity (m/s), angle (rad) and angular velocity (rad/s); the reward is 1 a step, the last one included.
/// An episode ends beyond 2.4 m or 12 degrees and is truncated after 500 steps.
/// </summary>
public sealed class CartPole : SingleEnvironment
{
    private const double Gravity = 9.8, PoleMass = 0.1, TotalMass = 1.1, HalfLength = 0.5, Force = 10, TimeStep = 0.02;
    private const double PositionLimit = 2.4, AngleLimit = 12 * 2 * Math.PI / 360;

    private double position;
    private double velocity;
    private double angle;
    private double angularVelocity;

    /// <inheritdoc/>
    public override EnvironmentSpecification Specification { get; } = new()
    {
        Name = "cartpole",
        Observations = new BoxSpace(
            [-2 * (float)PositionLimit, float.NegativeInfinity, -2 * (float)AngleLimit, float.NegativeInfinity],
            [2 * (float)PositionLimit, float.PositiveInfinity, 2 * (float)AngleLimit, float.PositiveInfinity]),
        Actions = new DiscreteSpace(2),
        MaximumSteps = 500,
        RewardThreshold = 475,
    };

    /// <inheritdoc/>
    public override void Draw(Canvas canvas)
    {
        ArgumentNullException.ThrowIfNull(canvas);
        canvas.SetWorld(-PositionLimit, -1, PositionLimit, 1.6);
        canvas.Line(new Point(-PositionLimit, 0), new Point(PositionLimit, 0), 0.02, Color.Gray);
        canvas.Rectangle(position - 0.25, -0.13, position + 0.25, 0.13, Color.Indigo);
        Point axle = new(position, 0.05);
        canvas.Line(axle, new Point(0, 2 * HalfLength).Placed(-angle, axle), 0.09, Color.Amber);
        canvas.Circle(axle, 0.045, Color.White);
    }

    /// <inheritdoc/>
    public override void WriteText(TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        const int columns = 61;
        int cart = (int)Math.Round((columns - 1) * (position + PositionLimit) / (2 * PositionLimit));
        char pole = angle switch { < -0.05 => '\\', > 0.05 => '/', _ => '|' };
        writer.WriteLine($"{new string(' ', Math.Clamp(cart, 0, columns - 1))}{pole}");
        writer.WriteLine($"{new string('─', Math.Clamp(cart - 1, 0, columns - 3))}███{new string('─', columns - 3 - Math.Clamp(cart - 1, 0, columns - 3))}");
        writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"position {position:0.000} m, angle {angle * 180 / Math.PI:0.0} degrees"));
    }

    /// <inheritdoc/>
    protected override SingleEnvironment NewCopy() => new CartPole();

    /// <inheritdoc/>
    protected override void Begin(Span<float> observation)
    {
        position = Random.Uniform(-0.05, 0.05);
        velocity = Random.Uniform(-0.05, 0.05);
        angle = Random.Uniform(-0.05, 0.05);
        angularVelocity = Random.Uniform(-0.05, 0.05);
        Observe(observation);
    }

    /// <inheritdoc/>
    protected override StepOutcome Advance(ReadOnlySpan<float> action, Span<float> observation)
    {
        (double sine, double cosine) = Math.SinCos(angle);
        double force = action[0] == 1 ? Force : -Force;
        double pushed = (force + (PoleMass * HalfLength * angularVelocity * angularVelocity * sine)) / TotalMass;
        double angularAcceleration = ((Gravity * sine) - (cosine * pushed)) / (HalfLength * ((4.0 / 3.0) - (PoleMass * cosine * cosine / TotalMass)));
        double acceleration = pushed - (PoleMass * HalfLength * angularAcceleration * cosine / TotalMass);
        position += TimeStep * velocity;
        velocity += TimeStep * acceleration;
        angle += TimeStep * angularVelocity;
        angularVelocity += TimeStep * angularAcceleration;
        Observe(observation);
        return new StepOutcome(1, Math.Abs(position) > PositionLimit || Math.Abs(angle) > AngleLimit);
    }

    /// <inheritdoc/>
    protected override void TransferState(StateTransfer state)
    {
        state.Value(ref position);
        state.Value(ref velocity);
        state.Value(ref angle);
        state.Value(ref angularVelocity);
    }

    private void Observe(Span<float> observation)
    {
        observation[0] = (float)position;
        observation[1] = (float)velocity;
        observation[2] = (float)angle;
        observation[3] = (float)angularVelocity;
    }
}
