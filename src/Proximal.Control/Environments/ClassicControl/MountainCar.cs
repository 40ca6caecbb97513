using System.Runtime.CompilerServices;
using Proximal.Control.Environments.Dynamics;
using Proximal.Control.Rendering;
using Proximal.Control.Spaces;
using Proximal.Control.State;
using Proximal.Tensors;

namespace Proximal.Control.Environments.ClassicControl;

/// <summary>
/// MountainCar-v0 (Moore 1990, as in Gymnasium): a car too weak for the hill is pushed left (0), not at all (1) or right (2). The
/// observation is position and velocity; the reward is -1 a step. An episode ends at position 0.5 or beyond, when the car does not move
/// backwards, and is truncated after 200 steps.
/// </summary>
/// <remarks>Copies made by <see cref="CreateVector"/> give the same bits as this class.</remarks>
public sealed class MountainCar : SingleEnvironment
{
    private DynamicsState<Equations> state = new(default);

    /// <inheritdoc/>
    public override EnvironmentSpecification Specification { get; } = new()
    {
        Name = "mountaincar",
        Observations = new BoxSpace([-1.2f, -0.07f], [0.6f, 0.07f]),
        Actions = new DiscreteSpace(3),
        ObservationNames = ["position", "velocity"],
        ActionNames = ["push-left", "rest", "push-right"],
        MaximumSteps = 200,
        RewardThreshold = -110,
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
    protected override SingleEnvironment NewCopy() => new MountainCar();

    /// <inheritdoc/>
    protected override void Begin(Span<float> observation) => state.Begin(ref Random, observation);

    /// <inheritdoc/>
    protected override StepOutcome Advance(ReadOnlySpan<float> action, Span<float> observation) => state.Step(action[0], observation);

    /// <inheritdoc/>
    protected override void TransferState(StateTransfer state) => this.state.Transfer(state);

    private readonly struct Equations : IDynamics
    {
        private const double Force = 0.001, Gravity = 0.0025, Lowest = -1.2, Highest = 0.6, Fastest = 0.07, Goal = 0.5;

        public static int Variables => 2;

        public static int ObservationWidth => 2;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Begin<T>(T uniform0, T uniform1, T uniform2, T uniform3, out T position, out T velocity, out T unused0, out T unused1)
            where T : unmanaged, ILanes<T>
        {
            position = (uniform0 * 0.2) - 0.6;
            velocity = unused0 = unused1 = 0;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Step<T>(ref T position, ref T velocity, ref T unused0, ref T unused1, T action, out T terminated)
            where T : unmanaged, ILanes<T>
        {
            Trigonometry.SinCos(3 * position, out _, out T slope);
            velocity += ((action - 1) * Force) - (Gravity * slope);
            velocity = T.Max(-Fastest, T.Min(Fastest, velocity));
            position = T.Max(Lowest, T.Min(Highest, position + velocity));
            velocity = T.Select(T.IsEqual(position, Lowest), T.Max(0, velocity), velocity);
            terminated = T.IsAtLeast(position, Goal) & T.IsAtLeast(velocity, 0);
            return -1;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Observe<T>(T position, T velocity, T unused0, T unused1, Span<T> columns)
            where T : unmanaged, ILanes<T>
        {
            columns[0] = position;
            columns[1] = velocity;
        }

        public static void Draw(double position, double velocity, double unused, Canvas canvas) => Mountain.Draw(position, Goal, canvas);

        public static void WriteText(double position, double velocity, double unused0, double unused1, TextWriter writer) =>
            Mountain.WriteText(position, velocity, Goal, writer);
    }
}
