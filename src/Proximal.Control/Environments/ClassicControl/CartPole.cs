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
