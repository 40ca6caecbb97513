using System.Globalization;
using Proximal.Control.Rendering;
using Proximal.Control.Spaces;
using Proximal.Control.State;

namespace Proximal.Control.Environments.RigidBodies;

/// <summary>
/// A planar robot on four legs that is to run at a commanded speed while its trunk is pushed: a stand-in for quadrupeds of robust locomotion.
/// The observation [31] is height, pitch, speed and pitch rate of the trunk, the angles of the eight joints relative to their rest, 0.05 times
/// their velocities, the last action, the commanded speed, and sine and cosine of a clock of 2.5 Hz. The action [8], clipped to ±3, moves the
/// targets of the joints by 0.35 rad a unit around their rest; motors follow with 30 N m/rad and 0.8 N m s/rad, up to 33.5 N m. The reward is
/// that of <see cref="TrackQuadReward"/>, less pitch², 0.005 pitch rate², 2e-5 of the mean squared torque, 0.01 of the squared change of the
/// action and the squared distance of the height from 0.28 m. A fall (pitch beyond 0.8 rad or height below 0.14 m) costs 5 and ends the
/// episode, which lasts for 8 s of 50 steps. Metrics are <c>tracking</c>, the mean of the linear reward of the speed, and <c>fallen</c>.
/// </summary>
public sealed class TrackQuad2D : SingleEnvironment
{
    private const int Legs = 4, Joints = 2 * Legs, SubSteps = 10, StateWidth = 31, DomainWidth = 6, FirstJoint = 3;
    private const int PushInterval = 100, PushSteps = 10;
    private const double ControlStep = 0.02, ActionLimit = 3, ActionScale = 0.35, Stiffness = 30, Damping = 0.8, TorqueLimit = 33.5;
    private const double StartHeight = 0.3, RestHip = 0.8, RestKnee = -1.5, ClockFrequency = 2.5, TargetHeight = 0.28;
    private const double PitchLimit = 0.8, LeastHeight = 0.14, FallPenalty = 5;

    private readonly TrackQuadOptions options;
    private readonly PlanarArticulation robot = new(Model());
    private readonly double[] action = new double[Joints];
    private readonly double[] applied = new double[Joints];
    private TrackQuadDomain domain = TrackQuadDomain.Nominal;
    private double command;
    private double pushX;
    private int pushStepsLeft;
    private (double X, double Z) disturbance;
    private (double X, double Z) force;
    private double trackingSum;
    private bool fallen;

    /// <summary>Creates the environment.</summary>
    /// <param name="options">Settings; the defaults of the record when null.</param>
    /// <exception cref="ArgumentException">A setting is outside its range.</exception>
    public TrackQuad2D(TrackQuadOptions? options = null)
    {
        this.options = TrackQuadOptions.Schema.Checked(options);
        BoxSpace state = new(new Tensors.Shape(StateWidth));
        float[] limits = new float[Joints + (this.options.Disturbance == TrackQuadDisturbance.Action ? 2 : 0)];
        limits.AsSpan(0, Joints).Fill((float)ActionLimit);
        limits.AsSpan(Joints).Fill(1);
        Specification = new()
        {
            Name = "trackquad2d",
            Observations = this.options.ObserveDomain ? new DictionarySpace(("state", state), ("domain", new BoxSpace(new Tensors.Shape(DomainWidth)))) : state,
            Actions = new BoxSpace([.. limits.Select(limit => -limit)], limits),
            MaximumSteps = 400,
            Metrics = ["tracking", "fallen"],
        };
    }

    /// <inheritdoc/>
    public override EnvironmentSpecification Specification { get; }

    /// <summary>The robot, to look at or to put into another state.</summary>
    public PlanarArticulation Robot => robot;

    /// <summary>The robot of the episode.</summary>
    public TrackQuadDomain Domain => domain;

    /// <summary>The commanded speed (m/s).</summary>
    public double Command => command;

    /// <summary>The force that the last step had (N).</summary>
    public (double X, double Z) Force => force;

    /// <summary>Links and contacts of the robot.</summary>
    public static PlanarModel Model()
    {
        const double Hip = 0.18, Length = 0.2, FootRadius = 0.02, FootFriction = 0.8, TrunkFriction = 0.6;
        const double ThighMass = 0.8, ShinMass = 0.2, SquaredGyration = (Length * Length / 12) + 0.00025;
        List<PlanarLink> links = [new() { Mass = 6, Inertia = 0.085 }];
        List<PlanarContact> contacts = [];
        foreach (double x in (ReadOnlySpan<double>)[-0.2, 0.2])
        {
            contacts.Add(new(0, x, 0.05, FootRadius, TrunkFriction));
            contacts.Add(new(0, x, -0.05, FootRadius, TrunkFriction));
        }

        for (int leg = 0; leg < Legs; leg++)
        {
            PlanarLink limb = new() { Mass = ThighMass, Inertia = ThighMass * SquaredGyration, Center = (0, -Length / 2), Armature = 0.005, Damping = 0.05, LimitStiffness = 100, LimitDamping = 2 };
            int thigh = links.Count;
            links.Add(limb with { Parent = 0, Anchor = (leg < 2 ? Hip : -Hip, 0), Range = (-0.6, 1.9) });
            links.Add(limb with { Parent = thigh, Anchor = (0, -Length), Range = (-2.6, -0.3), Mass = ShinMass, Inertia = ShinMass * SquaredGyration });
            contacts.Add(new(thigh, 0, -Length, FootRadius, FootFriction));
            contacts.Add(new(thigh + 1, 0, -Length, FootRadius, FootFriction));
        }

        return new() { Links = links, Contacts = contacts, ContactStiffness = 20_000, ContactDamping = 150, SlidingDamping = 150 };
    }

    /// <summary>Pushes the center of the trunk during the next control step, on top of what the settings say.</summary>
    /// <param name="x">Force to the right (N).</param>
    /// <param name="z">Force upwards (N).</param>
    public void Disturb(double x, double z) => disturbance = (x, z);

    /// <inheritdoc/>
    public override void WriteMetrics(Span<float> metrics) => (metrics[0], metrics[1]) = ((float)(trackingSum / Math.Max(1, Steps)), fallen ? 1 : 0);

    /// <inheritdoc/>
    public override void Draw(Canvas canvas)
    {
        ArgumentNullException.ThrowIfNull(canvas);
        PlanarPicture.Draw(canvas, robot, height: 0.8, limb: 0.4);
        Span<Point> corners = stackalloc Point[4];
        for (int i = 0; i < corners.Length; i++)
        {
            (double x, double z) = robot.Locate(0, i is 0 or 3 ? -0.22 : 0.22, i < 2 ? -0.06 : 0.06);
            corners[i] = new Point(x, z);
        }

        canvas.Polygon(corners, Color.Indigo);
        if (force != default)
        {
            Point trunk = new(robot.Position[0], robot.Position[1]);
            canvas.Line(new Point(trunk.X - (force.X / 200), trunk.Y - (force.Z / 200)), trunk, 0.02, Color.Crimson);
            canvas.Circle(trunk, 0.025, Color.Crimson);
        }
    }

    /// <inheritdoc/>
    public override void WriteText(TextWriter writer)
    {
        base.WriteText(writer);
        writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"speed {robot.Velocity[0]:F2} of {command:F2} m/s, height {robot.Position[1]:F2} m, pitch {robot.Position[2]:F2} rad, force {force.X:F0} {force.Z:F0} N"));
    }

    /// <inheritdoc/>
    protected override SingleEnvironment NewCopy() => new TrackQuad2D(options);

    /// <inheritdoc/>
    protected override void Begin(Span<float> observation)
    {
        SetDomain(options.RandomDomain ? TrackQuadDomain.Draw(ref Random, options.DomainSpread) : options.Domain);
        DrawCommand();
        robot.Clear();
        for (int i = 0; i < robot.Position.Length; i++)
        {
            robot.Position[i] = Rest(i) + Random.Uniform(-options.ResetNoise, options.ResetNoise);
            robot.Velocity[i] = Random.Uniform(-options.ResetNoise, options.ResetNoise);
        }

        action.AsSpan().Clear();
        applied.AsSpan().Clear();
        (pushX, pushStepsLeft, disturbance, force, trackingSum, fallen) = (0, 0, default, default, 0, false);
        Observe(observation);
    }

    /// <inheritdoc/>
    protected override StepOutcome Advance(ReadOnlySpan<float> action, Span<float> observation)
    {
        force = TotalForce(action);
        disturbance = default;
        robot.Push(0, force.X, force.Z);
        double change = TakeAction(action), squaredTorque = 0;
        for (int i = 0; i < SubSteps; i++)
        {
            squaredTorque += DriveMotors();
            robot.Step();
        }

        double speed = robot.Velocity[0], height = robot.Position[1], pitch = robot.Position[2], pitchRate = robot.Velocity[2], error = command - speed;
        double linear = Math.Clamp(1 - (Math.Abs(error) / Math.Max(0.5, Math.Abs(command))), -1, 1);
        double tracking = options.Reward == TrackQuadReward.Linear ? linear : Math.Exp(-error * error / 0.25);
        double reward = tracking - (pitch * pitch) - (0.005 * pitchRate * pitchRate) - (2e-5 * squaredTorque / SubSteps) - (0.01 * change)
            - ((height - TargetHeight) * (height - TargetHeight));
        trackingSum += linear;
        fallen = Math.Abs(pitch) > PitchLimit || height < LeastHeight;
        if (options.CommandSeconds > 0 && Steps % Math.Max(1, (int)Math.Round(options.CommandSeconds / ControlStep)) == 0)
        {
            DrawCommand();
        }

        Observe(observation);
        return new StepOutcome(reward - (fallen ? FallPenalty : 0), Terminated: fallen);
    }

    /// <inheritdoc/>
    protected override void TransferState(StateTransfer state)
    {
        robot.Transfer(state);
        state.Values<double>(action);
        state.Values<double>(applied);
        state.Value(ref domain);
        state.Value(ref command);
        state.Value(ref pushX);
        state.Value(ref pushStepsLeft);
        state.Value(ref disturbance);
        state.Value(ref force);
        state.Value(ref trackingSum);
        state.Value(ref fallen);
    }

    private static double Rest(int coordinate) => coordinate switch
    {
        1 => StartHeight,
        < FirstJoint => 0,
        _ => coordinate % 2 == 1 ? RestHip : RestKnee,
    };

    private void SetDomain(TrackQuadDomain drawn)
    {
        domain = drawn;
        robot.FrictionScale = drawn.FrictionScale;
        robot.SetPayload(0, drawn.Payload);
    }

    private void DrawCommand() => command = Random.Uniform(options.LowestCommand, options.HighestCommand);

    private (double X, double Z) TotalForce(ReadOnlySpan<float> action)
    {
        (double x, double z) = disturbance;
        int step = Steps - 1;
        for (int i = 0; i < options.Schedule.Count; i++)
        {
            TrackQuadForce scheduled = options.Schedule[i];
            if (step >= scheduled.FirstStep && step < scheduled.FirstStep + scheduled.Steps)
            {
                (x, z) = (x + scheduled.X, z + scheduled.Z);
            }
        }

        if (options.Disturbance == TrackQuadDisturbance.Pushes)
        {
            if (step > 0 && step % PushInterval == 0)
            {
                pushX = Random.Uniform(0, options.GreatestForce) * (Random.Integer(2) == 0 ? -1 : 1);
                pushStepsLeft = PushSteps;
            }

            x += pushStepsLeft-- > 0 ? pushX : 0;
        }
        else if (options.Disturbance == TrackQuadDisturbance.Action)
        {
            double forceX = action[Joints], forceZ = action[Joints + 1], length = Math.Sqrt((forceX * forceX) + (forceZ * forceZ));
            double scale = options.GreatestForce / Math.Max(1, length);
            (x, z) = (x + (scale * forceX), z + (scale * forceZ));
        }

        return (x, z);
    }

    /// <summary>Takes over the action, late where the robot is; returns the squared norm of its change.</summary>
    private double TakeAction(ReadOnlySpan<float> action)
    {
        double change = 0;
        for (int i = 0; i < Joints; i++)
        {
            double value = Math.Clamp(action[i], -ActionLimit, ActionLimit), last = this.action[i];
            change += (value - last) * (value - last);
            applied[i] = domain.Latency > 0 ? last : value;
            this.action[i] = value;
        }

        return change;
    }

    /// <summary>Sets the torques of the motors; returns the sum of their squares.</summary>
    private double DriveMotors()
    {
        double sum = 0, stiffness = Stiffness * domain.StiffnessScale, damping = Damping * domain.DampingScale;
        ReadOnlySpan<double> position = robot.Position[FirstJoint..], velocity = robot.Velocity[FirstJoint..];
        Span<double> torques = robot.Torques;
        for (int i = 0; i < Joints; i++)
        {
            double target = Rest(i + FirstJoint) + (ActionScale * applied[i]);
            double torque = domain.MotorStrength * Math.Clamp((stiffness * (target - position[i])) - (damping * velocity[i]), -TorqueLimit, TorqueLimit);
            torques[i] = torque;
            sum += torque * torque;
        }

        return sum;
    }

    private void Observe(Span<float> observation)
    {
        const double VelocityScale = 0.05;
        ReadOnlySpan<double> position = robot.Position, velocity = robot.Velocity;
        observation[0] = (float)position[1];
        observation[1] = (float)position[2];
        observation[2] = (float)velocity[0];
        observation[3] = (float)velocity[2];
        for (int i = 0; i < Joints; i++)
        {
            observation[4 + i] = (float)(position[FirstJoint + i] - Rest(FirstJoint + i));
            observation[4 + Joints + i] = (float)(VelocityScale * velocity[FirstJoint + i]);
            observation[4 + (2 * Joints) + i] = (float)action[i];
        }

        (double sine, double cosine) = Math.SinCos(2 * Math.PI * ClockFrequency * ControlStep * Steps);
        observation[4 + (3 * Joints)] = (float)command;
        observation[5 + (3 * Joints)] = (float)sine;
        observation[6 + (3 * Joints)] = (float)cosine;
        if (options.ObserveDomain)
        {
            domain.Write(observation[StateWidth..]);
        }
    }
}
