using System.Globalization;
using System.Runtime.CompilerServices;
using Proximal.Control.Environments.Dynamics;
using Proximal.Control.Rendering;
using Proximal.Control.Spaces;
using Proximal.Control.State;
using Proximal.Tensors;

namespace Proximal.Control.Environments.ClassicControl;

/// <summary>
/// CartPole-v1 (Barto, Sutton and Anderson 1983, as in Gymnasium): a pole on a cart that is pushed left (0) or right (1) with 10 N. The
/// observation is position (m), velocity (m/s), angle (rad) and angular velocity (rad/s); the reward is 1 a step, the last one included.
/// An episode ends beyond 2.4 m or 12 degrees and is truncated after 500 steps.
/// </summary>
/// <remarks>Copies made by <see cref="CreateVector"/> give the same bits as this class.</remarks>
public sealed class CartPole : SingleEnvironment
{
    private readonly CartPoleOptions options;
    private DynamicsState<Equations> state;

    /// <summary>Creates the environment.</summary>
    /// <param name="options">Settings; the defaults when null.</param>
    /// <exception cref="ArgumentOutOfRangeException">The limit is not positive, or the force outside its range.</exception>
    public CartPole(CartPoleOptions? options = null)
    {
        this.options = options ?? new CartPoleOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(this.options.MaximumSteps, 1, nameof(options));
        if (!(Math.Abs(this.options.Force) <= 1000))
        {
            throw new ArgumentOutOfRangeException(nameof(options), this.options.Force, "The force is outside -1000 to 1000 N.");
        }

        state = new DynamicsState<Equations>(new Equations(this.options.SuttonBartoReward, this.options.Force));
        Specification = new EnvironmentSpecification
        {
            Name = "cartpole",
            Observations = new BoxSpace(
                [-2 * (float)Equations.PositionLimit, float.NegativeInfinity, -2 * (float)Equations.AngleLimit, float.NegativeInfinity],
                [2 * (float)Equations.PositionLimit, float.PositiveInfinity, 2 * (float)Equations.AngleLimit, float.PositiveInfinity]),
            Actions = new DiscreteSpace(2),
            ObservationNames = ["position", "velocity", "angle", "angular-velocity"],
            ActionNames = ["push-left", "push-right"],
            MaximumSteps = this.options.MaximumSteps,
            RewardThreshold = this.options switch
            {
                { SuttonBartoReward: false, MaximumSteps: 500, Force: 10 } => 475,
                { SuttonBartoReward: false, MaximumSteps: 200, Force: 10 } => 195,
                _ => null,
            },
        };
    }

    /// <inheritdoc/>
    public override EnvironmentSpecification Specification { get; }

    /// <inheritdoc/>
    public override VectorEnvironment CreateVector(int count, Workers? workers = null) => CreateLanes(count, workers);

    internal VectorEnvironment CreateLanes(int count, Workers? workers, int lanes = 0) =>
        new DynamicsVector<Equations>(Specification, new Equations(options.SuttonBartoReward, options.Force), count, workers, lanes);

    /// <inheritdoc/>
    public override void Draw(Canvas canvas) => state.Draw(canvas);

    /// <inheritdoc/>
    public override void WriteText(TextWriter writer) => state.WriteText(writer);

    /// <inheritdoc/>
    protected override SingleEnvironment NewCopy() => new CartPole(options);

    /// <inheritdoc/>
    protected override void Begin(Span<float> observation) => state.Begin(ref Random, observation);

    /// <inheritdoc/>
    protected override StepOutcome Advance(ReadOnlySpan<float> action, Span<float> observation) => state.Step(action[0], observation);

    /// <inheritdoc/>
    protected override void TransferState(StateTransfer state) => this.state.Transfer(state);

    private readonly struct Equations(bool suttonBartoReward, double pushForce) : IDynamics
    {
        internal const double PositionLimit = 2.4, AngleLimit = 12 * 2 * Math.PI / 360;
        private const double Gravity = 9.8, PoleMass = 0.1, TotalMass = 1.1, HalfLength = 0.5, TimeStep = 0.02;

        public static int Variables => 4;

        public static int ObservationWidth => 4;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Begin<T>(T uniform0, T uniform1, T uniform2, T uniform3, out T position, out T velocity, out T angle, out T angularVelocity)
            where T : unmanaged, ILanes<T>
        {
            position = (uniform0 * 0.1) - 0.05;
            velocity = (uniform1 * 0.1) - 0.05;
            angle = (uniform2 * 0.1) - 0.05;
            angularVelocity = (uniform3 * 0.1) - 0.05;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Step<T>(ref T position, ref T velocity, ref T angle, ref T angularVelocity, T action, out T terminated)
            where T : unmanaged, ILanes<T>
        {
            // A running episode is within 12 degrees.
            Trigonometry.SinCosWithinEighth(angle, out T sine, out T cosine);
            T force = (action * (2 * pushForce)) - pushForce;
            T pushed = (force + (PoleMass * HalfLength * angularVelocity * angularVelocity * sine)) * (1 / TotalMass);
            T angularAcceleration = ((Gravity * sine) - (cosine * pushed)) / ((HalfLength * 4 / 3) - (HalfLength * PoleMass / TotalMass * cosine * cosine));
            T acceleration = pushed - (PoleMass * HalfLength / TotalMass * angularAcceleration * cosine);
            position += TimeStep * velocity;
            velocity += TimeStep * acceleration;
            angle += TimeStep * angularVelocity;
            angularVelocity += TimeStep * angularAcceleration;
            terminated = T.IsGreater(T.Abs(position), PositionLimit) | T.IsGreater(T.Abs(angle), AngleLimit);
            return suttonBartoReward ? T.Select(terminated, -1, 0) : 1;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Observe<T>(T position, T velocity, T angle, T angularVelocity, Span<T> columns)
            where T : unmanaged, ILanes<T>
        {
            columns[0] = position;
            columns[1] = velocity;
            columns[2] = angle;
            columns[3] = angularVelocity;
        }

        public static void Draw(double position, double velocity, double angle, Canvas canvas)
        {
            canvas.SetWorld(-PositionLimit, -1, PositionLimit, 1.6);
            canvas.Line(new Point(-PositionLimit, 0), new Point(PositionLimit, 0), 0.02, Color.Gray);
            canvas.Rectangle(position - 0.25, -0.13, position + 0.25, 0.13, Color.Indigo);
            Point axle = new(position, 0.05);
            canvas.Line(axle, new Point(0, 2 * HalfLength).Placed(-angle, axle), 0.09, Color.Amber);
            canvas.Circle(axle, 0.045, Color.White);
        }

        public static void WriteText(double position, double velocity, double angle, double angularVelocity, TextWriter writer)
        {
            const int columns = 61;
            int cart = (int)Math.Round((columns - 1) * (position + PositionLimit) / (2 * PositionLimit));
            char pole = angle switch { < -0.05 => '\\', > 0.05 => '/', _ => '|' };
            writer.WriteLine($"{new string(' ', Math.Clamp(cart, 0, columns - 1))}{pole}");
            writer.WriteLine($"{new string('─', Math.Clamp(cart - 1, 0, columns - 3))}███{new string('─', columns - 3 - Math.Clamp(cart - 1, 0, columns - 3))}");
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"position {position:0.000} m, angle {angle * 180 / Math.PI:0.0} degrees"));
        }
    }
}
