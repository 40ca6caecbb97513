using System.Globalization;
using System.Runtime.CompilerServices;
using Proximal.Control.Environments.Dynamics;
using Proximal.Control.Rendering;
using Proximal.Control.Spaces;
using Proximal.Control.State;
using Proximal.Tensors;

namespace Proximal.Control.Environments.ClassicControl;

/// <summary>
/// Acrobot-v1 (Sutton 1996, as in Gymnasium, with the dynamics of Sutton and Barto's book): two links hang from a pivot and are swung up by a
/// torque of -1 (0), 0 (1) or 1 N m (2) at the joint between them. The observation is cosine and sine of the first angle (from hanging) and
/// of the second (relative to the first) and the two angular velocities (rad/s); the reward is -1 a step and 0 for the last one. An episode
/// ends when the tip is one link above the pivot, -cos t1 - cos(t1 + t2) > 1, and is truncated after 500 steps.
/// </summary>
/// <remarks>Copies made by <see cref="CreateVector"/> give the same bits as this class.</remarks>
public sealed class Acrobot : SingleEnvironment
{
    private DynamicsState<Equations> state = new(default);

    /// <inheritdoc/>
    public override EnvironmentSpecification Specification { get; } = new()
    {
        Name = "acrobot",
        Observations = new BoxSpace(
            [-1, -1, -1, -1, -(float)Equations.Fastest1, -(float)Equations.Fastest2],
            [1, 1, 1, 1, (float)Equations.Fastest1, (float)Equations.Fastest2]),
        Actions = new DiscreteSpace(3),
        ObservationNames = ["cosine-1", "sine-1", "cosine-2", "sine-2", "angular-velocity-1", "angular-velocity-2"],
        ActionNames = ["torque-minus", "rest", "torque-plus"],
        MaximumSteps = 500,
        RewardThreshold = -100,
    };

    /// <inheritdoc/>
    public override VectorEnvironment CreateVector(int count, Workers? workers = null) => CreateLanes(count, workers);

    internal VectorEnvironment CreateLanes(int count, Workers? workers, int lanes = 0) =>
        new DynamicsVector<Equations>(Specification, default, count, workers, lanes);

    /// <inheritdoc/>
    public override void Draw(Canvas canvas) => state.Draw(canvas);

    /// <inheritdoc/>
    public override void WriteText(TextWriter writer) => state.WriteText(writer);

    /// <inheritdoc/>
    protected override SingleEnvironment NewCopy() => new Acrobot();

    /// <inheritdoc/>
    protected override void Begin(Span<float> observation) => state.Begin(ref Random, observation);

    /// <inheritdoc/>
    protected override StepOutcome Advance(ReadOnlySpan<float> action, Span<float> observation) => state.Step(action[0], observation);

    /// <inheritdoc/>
    protected override void TransferState(StateTransfer state) => this.state.Transfer(state);

    private readonly struct Equations : IDynamics
    {
        internal const double Fastest1 = 4 * Math.PI, Fastest2 = 9 * Math.PI;
        private const double Gravity = 9.8, Mass1 = 1, Mass2 = 1, Length1 = 1, Center1 = 0.5, Center2 = 0.5, Inertia1 = 1, Inertia2 = 1, TimeStep = 0.2;

        public static int Variables => 4;

        public static int ObservationWidth => 6;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Begin<T>(T uniform0, T uniform1, T uniform2, T uniform3, out T angle1, out T angle2, out T velocity1, out T velocity2)
            where T : unmanaged, ILanes<T>
        {
            angle1 = (uniform0 * 0.2) - 0.1;
            angle2 = (uniform1 * 0.2) - 0.1;
            velocity1 = (uniform2 * 0.2) - 0.1;
            velocity2 = (uniform3 * 0.2) - 0.1;
        }

        [MethodImpl(MethodImplOptions.NoInlining)]
        public T Step<T>(ref T angle1, ref T angle2, ref T velocity1, ref T velocity2, T action, out T terminated)
            where T : unmanaged, ILanes<T>
        {
            const double Half = TimeStep / 2;
            T torque = action - 1;
            Accelerations(angle1, angle2, velocity1, velocity2, torque, out T acceleration1, out T acceleration2);
            T slope1 = velocity1, slope2 = velocity2, slope3 = acceleration1, slope4 = acceleration2;

            T speed1 = velocity1 + (Half * acceleration1), speed2 = velocity2 + (Half * acceleration2);
            Accelerations(angle1 + (Half * velocity1), angle2 + (Half * velocity2), speed1, speed2, torque, out acceleration1, out acceleration2);
            slope1 += 2 * speed1;
            slope2 += 2 * speed2;
            slope3 += 2 * acceleration1;
            slope4 += 2 * acceleration2;

            T middle1 = angle1 + (Half * speed1), middle2 = angle2 + (Half * speed2);
            speed1 = velocity1 + (Half * acceleration1);
            speed2 = velocity2 + (Half * acceleration2);
            Accelerations(middle1, middle2, speed1, speed2, torque, out acceleration1, out acceleration2);
            slope1 += 2 * speed1;
            slope2 += 2 * speed2;
            slope3 += 2 * acceleration1;
            slope4 += 2 * acceleration2;

            T end1 = angle1 + (TimeStep * speed1), end2 = angle2 + (TimeStep * speed2);
            speed1 = velocity1 + (TimeStep * acceleration1);
            speed2 = velocity2 + (TimeStep * acceleration2);
            Accelerations(end1, end2, speed1, speed2, torque, out acceleration1, out acceleration2);

            angle1 = Wrap(angle1 + (TimeStep / 6 * (slope1 + speed1)));
            angle2 = Wrap(angle2 + (TimeStep / 6 * (slope2 + speed2)));
            velocity1 = T.Max(-Fastest1, T.Min(Fastest1, velocity1 + (TimeStep / 6 * (slope3 + acceleration1))));
            velocity2 = T.Max(-Fastest2, T.Min(Fastest2, velocity2 + (TimeStep / 6 * (slope4 + acceleration2))));
            Trigonometry.SinCos(angle1, out T sine1, out T cosine1);
            Trigonometry.SinCos(angle2, out T sine2, out T cosine2);
            T cosineTip = (cosine1 * cosine2) - (sine1 * sine2);
            terminated = T.IsGreater(-cosine1 - cosineTip, 1);
            return T.Select(terminated, 0, -1);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Observe<T>(T angle1, T angle2, T velocity1, T velocity2, Span<T> columns)
            where T : unmanaged, ILanes<T>
        {
            Trigonometry.SinCos(angle1, out T sine1, out T cosine1);
            Trigonometry.SinCos(angle2, out T sine2, out T cosine2);
            columns[0] = cosine1;
            columns[1] = sine1;
            columns[2] = cosine2;
            columns[3] = sine2;
            columns[4] = velocity1;
            columns[5] = velocity2;
        }

        // Not inlined, as the step: a method has a budget for what is inlined into it, and this one spends it on its own operations.
        // Sums of angles by the addition theorems. The equations of motion write cos(t - pi/2) where this has sin t.
        [MethodImpl(MethodImplOptions.NoInlining)]
        private static void Accelerations<T>(T angle1, T angle2, T velocity1, T velocity2, T torque, out T acceleration1, out T acceleration2)
            where T : unmanaged, ILanes<T>
        {
            Trigonometry.SinCos(angle1, out T sine1, out T cosine1);
            Trigonometry.SinCos(angle2, out T sine2, out T cosine2);
            T sineTip = (sine1 * cosine2) + (cosine1 * sine2);
            T d1 = (Mass1 * Center1 * Center1) + (Mass2 * ((Length1 * Length1) + (Center2 * Center2) + (2 * Length1 * Center2 * cosine2))) + Inertia1 + Inertia2;
            T d2 = (Mass2 * ((Center2 * Center2) + (Length1 * Center2 * cosine2))) + Inertia2;
            T phi2 = Mass2 * Center2 * Gravity * sineTip;
            T phi1 = (-Mass2 * Length1 * Center2 * velocity2 * velocity2 * sine2) - (2 * Mass2 * Length1 * Center2 * velocity2 * velocity1 * sine2)
                + (((Mass1 * Center1) + (Mass2 * Length1)) * Gravity * sine1) + phi2;
            T ratio = d2 / d1;
            acceleration2 = (torque + (ratio * phi1) - (Mass2 * Length1 * Center2 * velocity1 * velocity1 * sine2) - phi2)
                / ((Mass2 * Center2 * Center2) + Inertia2 - (d2 * ratio));
            acceleration1 = -((d2 * acceleration2) + phi1) / d1;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static T Wrap<T>(T angle)
            where T : unmanaged, ILanes<T> => angle - (2 * Math.PI * T.Round(angle * (1 / (2 * Math.PI))));

        public static void Draw(double angle1, double angle2, double velocity1, Canvas canvas)
        {
            canvas.SetWorld(-2.2, -2.2, 2.2, 2.2);
            canvas.Line(new Point(-2.2, 1), new Point(2.2, 1), 0.02, Color.Teal);
            Point pivot = new(0, 0), joint = new Point(0, -Length1).Placed(angle1, pivot), tip = new Point(0, -1).Placed(angle1 + angle2, joint);
            canvas.Line(pivot, joint, 0.18, Color.Indigo);
            canvas.Line(joint, tip, 0.18, Color.Amber);
            canvas.Circle(pivot, 0.07, Color.Ink);
            canvas.Circle(joint, 0.07, Color.Ink);
        }

        public static void WriteText(double angle1, double angle2, double velocity1, double velocity2, TextWriter writer)
        {
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"tip {-Math.Cos(angle1) - Math.Cos(angle1 + angle2):0.000} m above the pivot, of which the goal is 1"));
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"angles {angle1 * 180 / Math.PI:0} and {angle2 * 180 / Math.PI:0} degrees, velocities {velocity1:0.00} and {velocity2:0.00} rad/s"));
        }
    }
}
