using System.Globalization;
using System.Runtime.CompilerServices;
using Proximal.Control.Environments.Dynamics;
using Proximal.Control.Rendering;
using Proximal.Control.Spaces;
using Proximal.Control.State;
using Proximal.Tensors;

namespace Proximal.Control.Environments.ClassicControl;

/// <summary>
/// Pendulum-v1 (as in Gymnasium): a pendulum is swung up by a torque in [-2, 2] N m; what lies outside is clipped. The observation is cosine
/// and sine of the angle from upright and the angular velocity (rad/s); the reward is -(angle^2 + 0.1 velocity^2 + 0.001 torque^2) with the
/// angle in [-pi, pi], before the step. An episode never ends by itself and is truncated after 200 steps. The field has no threshold; the one
/// given here, -200, is what a policy that swings up without delay reaches.
/// </summary>
/// <remarks>Copies made by <see cref="CreateVector"/> give the same bits as this class.</remarks>
public sealed class Pendulum : SingleEnvironment
{
    private DynamicsState<Equations> state = new(default);

    /// <inheritdoc/>
    public override EnvironmentSpecification Specification { get; } = new()
    {
        Name = "pendulum",
        Observations = new BoxSpace([-1, -1, -8], [1, 1, 8]),
        Actions = new BoxSpace(new Shape(1), -2, 2),
        ObservationNames = ["cosine", "sine", "angular-velocity"],
        MaximumSteps = 200,
        RewardThreshold = -200,
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
    protected override SingleEnvironment NewCopy() => new Pendulum();

    /// <inheritdoc/>
    protected override void Begin(Span<float> observation) => state.Begin(ref Random, observation);

    /// <inheritdoc/>
    protected override StepOutcome Advance(ReadOnlySpan<float> action, Span<float> observation) => state.Step(action[0], observation);

    /// <inheritdoc/>
    protected override void TransferState(StateTransfer state) => this.state.Transfer(state);

    private readonly struct Equations : IDynamics
    {
        private const double Gravity = 10, Mass = 1, Length = 1, TimeStep = 0.05, Fastest = 8, Strongest = 2;

        public static int Variables => 2;

        public static int ObservationWidth => 3;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Begin<T>(T uniform0, T uniform1, T uniform2, T uniform3, out T angle, out T velocity, out T unused0, out T unused1)
            where T : unmanaged, ILanes<T>
        {
            angle = ((2 * uniform0) - 1) * Math.PI;
            velocity = (2 * uniform1) - 1;
            unused0 = unused1 = 0;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Step<T>(ref T angle, ref T velocity, ref T unused0, ref T unused1, T action, out T terminated)
            where T : unmanaged, ILanes<T>
        {
            Trigonometry.SinCos(angle, out T sine, out _);
            T torque = T.Max(-Strongest, T.Min(Strongest, action));
            T fromUpright = angle - (2 * Math.PI * T.Floor((angle + Math.PI) * (1 / (2 * Math.PI))));
            T cost = (fromUpright * fromUpright) + (0.1 * velocity * velocity) + (0.001 * torque * torque);
            velocity += ((3 * Gravity / (2 * Length) * sine) + (3 / (Mass * Length * Length) * torque)) * TimeStep;
            velocity = T.Max(-Fastest, T.Min(Fastest, velocity));
            angle += velocity * TimeStep;
            terminated = 0;
            return -cost;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Observe<T>(T angle, T velocity, T unused0, T unused1, Span<T> columns)
            where T : unmanaged, ILanes<T>
        {
            Trigonometry.SinCos(angle, out T sine, out T cosine);
            columns[0] = cosine;
            columns[1] = sine;
            columns[2] = velocity;
        }

        public static void Draw(double angle, double velocity, double unused, Canvas canvas)
        {
            canvas.SetWorld(-1.3, -1.3, 1.3, 1.3);
            Point pivot = new(0, 0), tip = new Point(0, Length).Placed(angle, pivot);
            canvas.Line(pivot, tip, 0.12, Color.Amber);
            canvas.Circle(tip, 0.12, Color.Indigo);
            canvas.Circle(pivot, 0.05, Color.Ink);
        }

        public static void WriteText(double angle, double velocity, double unused0, double unused1, TextWriter writer)
        {
            const int rows = 11, columns = 21;
            Span<char> line = stackalloc char[columns];
            (double sine, double cosine) = Math.SinCos(angle);
            for (int row = 0; row < rows; row++)
            {
                line.Fill(' ');
                for (int i = 0; i <= rows; i++)
                {
                    double reach = i / (double)rows;
                    if ((int)Math.Round((rows - 1) * (1 - (reach * cosine)) / 2) == row)
                    {
                        line[(int)Math.Round((columns - 1) * (1 - (reach * sine)) / 2)] = i == 0 ? '+' : i == rows ? 'O' : '*';
                    }
                }

                writer.WriteLine(line.TrimEnd());
            }

            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"angle {Math.IEEERemainder(angle, 2 * Math.PI) * 180 / Math.PI:0} degrees, velocity {velocity:0.00} rad/s"));
        }
    }
}
