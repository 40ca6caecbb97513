using System.Globalization;
using Proximal.Control.Rendering;
using Proximal.Control.Spaces;
using Proximal.Control.State;

namespace Proximal.Control.Environments.RigidBodies;

/// <summary>
/// A planar robot that is to run to the right, with the observations, rewards and ends of Gymnasium's MuJoCo environments: the observation is
/// all positions but x, then all velocities clipped to ±10; an action is the torque of every motor as a part of the greatest, clipped to ±1;
/// the reward is forward velocity, 1 for being healthy and -0.001 times the squared norm of the action. The metric <c>distance</c> is x at the
/// end (m). A step is four time steps, 8 ms.
/// </summary>
public abstract class PlanarLocomotion : SingleEnvironment
{
    private const int FrameSkip = 4;
    private const double VelocityLimit = 10, ControlCost = 1e-3, ResetNoise = 5e-3, StartHeight = 1.25;

    private readonly PlanarModel model;
    private readonly double greatestTorque;
    private readonly PlanarArticulation robot;

    private protected PlanarLocomotion(string name, PlanarModel model, double greatestTorque, double? rewardThreshold)
    {
        this.model = model;
        this.greatestTorque = greatestTorque;
        robot = new PlanarArticulation(model);
        int coordinates = robot.Position.Length;
        Specification = new()
        {
            Name = name,
            Observations = new BoxSpace(new((2 * coordinates) - 1)),
            Actions = new BoxSpace(new(coordinates - 3), -1, 1),
            MaximumSteps = 1000,
            RewardThreshold = rewardThreshold,
            Metrics = ["distance"],
        };
    }

    /// <inheritdoc/>
    public override EnvironmentSpecification Specification { get; }

    /// <summary>The robot, to look at or to put into another state.</summary>
    public PlanarArticulation Robot => robot;

    /// <inheritdoc/>
    public override void WriteMetrics(Span<float> metrics) => metrics[0] = (float)robot.Position[0];

    /// <inheritdoc/>
    public override void Draw(Canvas canvas)
    {
        ArgumentNullException.ThrowIfNull(canvas);
        PlanarPicture.Draw(canvas, robot, height: 2);
    }

    /// <inheritdoc/>
    public override void WriteText(TextWriter writer)
    {
        base.WriteText(writer);
        writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"x {robot.Position[0]:F2} m, height {robot.Position[1]:F2} m, pitch {robot.Position[2]:F2} rad, speed {robot.Velocity[0]:F2} m/s"));
    }

    /// <summary>Whether the robot can go on.</summary>
    private protected abstract bool IsHealthy(ReadOnlySpan<double> position, ReadOnlySpan<double> velocity);

    /// <inheritdoc/>
    protected override void Begin(Span<float> observation)
    {
        robot.Clear();
        for (int i = 0; i < robot.Position.Length; i++)
        {
            robot.Position[i] = Random.Uniform(-ResetNoise, ResetNoise);
            robot.Velocity[i] = Random.Uniform(-ResetNoise, ResetNoise);
        }

        robot.Position[1] += StartHeight;
        Observe(observation);
    }

    /// <inheritdoc/>
    protected override StepOutcome Advance(ReadOnlySpan<float> action, Span<float> observation)
    {
        double cost = 0;
        for (int i = 0; i < action.Length; i++)
        {
            cost += (double)action[i] * action[i];
            robot.Torques[i] = greatestTorque * Math.Clamp(action[i], -1, 1);
        }

        double before = robot.Position[0];
        for (int i = 0; i < FrameSkip; i++)
        {
            robot.Step();
        }

        Observe(observation);
        bool healthy = IsHealthy(robot.Position, robot.Velocity);
        double speed = (robot.Position[0] - before) / (FrameSkip * model.TimeStep);
        return new StepOutcome(speed + (healthy ? 1 : 0) - (ControlCost * cost), Terminated: !healthy);
    }

    /// <inheritdoc/>
    protected override void TransferState(StateTransfer state) => robot.Transfer(state);

    private void Observe(Span<float> observation)
    {
        int at = 0;
        foreach (double value in robot.Position[1..])
        {
            observation[at++] = (float)value;
        }

        foreach (double value in robot.Velocity)
        {
            observation[at++] = (float)Math.Clamp(value, -VelocityLimit, VelocityLimit);
        }
    }
}
