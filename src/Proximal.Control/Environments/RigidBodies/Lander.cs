using System.Globalization;
using Proximal.Control.Rendering;
using Proximal.Control.Spaces;
using Proximal.Control.State;

namespace Proximal.Control.Environments.RigidBodies;

/// <summary>
/// A spacecraft that is to come down softly on its pad: LunarLander-v3 of Gymnasium with the same world, body, engines and rewards, and in
/// place of its solver of contacts two spring-damper legs, so that nothing but arithmetic is needed. The observation is position relative to
/// the pad, velocity, angle, angular velocity (each in the units of LunarLander) and whether each leg touches. Actions are nothing (0), left
/// engine (1), main engine (2) and right engine (3), or with <see cref="LanderOptions.Continuous"/> two throttles: the main engine burns above
/// 0, a side engine beyond 0.5. The reward is the gain in a potential of position, velocity, angle and contact, less 0.3 for a step of the
/// main engine and 0.03 for one of a side engine; a crash gives -100, a landing 100. The metric <c>landed</c> is 1 after a landing.
/// </summary>
public sealed class Lander : SingleEnvironment
{
    private const double Width = 20, Height = 40.0 / 3, Center = Width / 2, PadHeight = Height / 4, LegDrop = 0.6;
    private const double Gravity = 10, ControlStep = 0.02, TimeStep = 0.005;
    private const double Mass = 4.958889, Inertia = 0.94773;
    private const double MainImpulse = 13, SideImpulse = 0.6, EngineHeight = 14.0 / 30, EngineArm = 0.4, MainArm = 4.0 / 30;
    private const double Stiffness = 2000, Damping = 90, SlidingDamping = 60, Friction = 0.6;
    private const double LegX = 2.0 / 3, LegY = -LegDrop, Reach = 0.9, HardestTouch = 2.5;
    private const double Still = 0.05;
    private const int SubSteps = 4, Chunks = 11, StepsToRest = 25;
    private const double ChunkWidth = Width / (Chunks - 1);

    private readonly LanderOptions options;
    private readonly double[] terrain = new double[Chunks];
    private double highest;
    private double x;
    private double y;
    private double velocityX;
    private double velocityY;
    private double angle;
    private double angularVelocity;
    private double potential;
    private double mainThrottle;
    private double sideThrottle;
    private int restingSteps;
    private bool leftTouches;
    private bool rightTouches;
    private bool landed;

    /// <summary>Creates the environment.</summary>
    /// <param name="options">Settings; the defaults of the record when null.</param>
    /// <exception cref="ArgumentException">A setting is outside its range.</exception>
    public Lander(LanderOptions? options = null)
    {
        this.options = LanderOptions.Schema.Checked(options);
        const float Any = float.PositiveInfinity;
        Specification = new()
        {
            Name = this.options.Continuous ? "lander-continuous" : "lander",
            Observations = new BoxSpace([-Any, -Any, -Any, -Any, -Any, -Any, 0, 0], [Any, Any, Any, Any, Any, Any, 1, 1]),
            Actions = this.options.Continuous ? new BoxSpace([-1, -1], [1, 1]) : new DiscreteSpace(4),
            MaximumSteps = 1000,
            RewardThreshold = 200,
            ObservationNames = ["x", "y", "velocity-x", "velocity-y", "angle", "angular-velocity", "left-leg", "right-leg"],
            ActionNames = this.options.Continuous ? [] : ["nothing", "left-engine", "main-engine", "right-engine"],
            Metrics = ["landed"],
        };
    }

    /// <inheritdoc/>
    public override EnvironmentSpecification Specification { get; }

    private static ReadOnlySpan<double> Hull => [-14.0 / 30, 17.0 / 30, -17.0 / 30, 0, -17.0 / 30, -10.0 / 30, 17.0 / 30, -10.0 / 30, 17.0 / 30, 0, 14.0 / 30, 17.0 / 30];

    /// <summary>The discrete action that the proportional-derivative controller of LunarLander takes: about 271 an episode.</summary>
    /// <param name="observation">The observation [8].</param>
    public static int Heuristic(ReadOnlySpan<float> observation)
    {
        double targetAngle = Math.Clamp((0.5 * observation[0]) + observation[2], -0.4, 0.4);
        double targetHeight = 0.55 * Math.Abs(observation[0]);
        double turn = ((targetAngle - observation[4]) * 0.5) - observation[5];
        double lift = ((targetHeight - observation[1]) * 0.5) - (observation[3] * 0.5);
        if (observation[6] > 0 || observation[7] > 0)
        {
            turn = 0;
            lift = -0.5 * observation[3];
        }

        return (lift > Math.Abs(turn) && lift > 0.05, turn) switch
        {
            (true, _) => 2,
            (_, < -0.05) => 3,
            (_, > 0.05) => 1,
            _ => 0,
        };
    }

    /// <inheritdoc/>
    public override void WriteMetrics(Span<float> metrics) => metrics[0] = landed ? 1 : 0;

    /// <inheritdoc/>
    public override void Draw(Canvas canvas)
    {
        ArgumentNullException.ThrowIfNull(canvas);
        canvas.SetWorld(0, 0, Width, Height);
        canvas.Rectangle(0, 0, Width, Height, Color.Ink);
        Span<Point> ground = stackalloc Point[Chunks + 2];
        for (int i = 0; i < Chunks; i++)
        {
            ground[i] = new Point(i * ChunkWidth, terrain[i]);
        }

        (ground[^2], ground[^1]) = (new Point(Width, 0), new Point(0, 0));
        canvas.Polygon(ground, Color.Silver);
        foreach (double flag in (ReadOnlySpan<double>)[Center - ChunkWidth, Center + ChunkWidth])
        {
            double foot = Ground(flag);
            canvas.Line(new Point(flag, foot), new Point(flag, foot + 1.2), 0.06, Color.White);
            canvas.Polygon([new Point(flag, foot + 1.2), new Point(flag, foot + 0.8), new Point(flag + 0.6, foot + 1)], Color.Amber);
        }

        Point place = new(x, y);
        if (mainThrottle > 0)
        {
            canvas.Polygon([new Point(-0.25, -0.33).Placed(angle, place), new Point(0.25, -0.33).Placed(angle, place), new Point(0, -0.4 - mainThrottle).Placed(angle, place)], Color.Amber);
        }

        if (sideThrottle != 0)
        {
            double direction = Math.Sign(sideThrottle);
            canvas.Polygon([new Point(-0.5 * direction, 0.55).Placed(angle, place), new Point(-0.5 * direction, 0.38).Placed(angle, place), new Point((-0.5 - (0.6 * Math.Abs(sideThrottle))) * direction, 0.466).Placed(angle, place)], Color.Amber);
        }

        canvas.Line(new Point(-0.4, 0).Placed(angle, place), new Point(-LegX, LegY).Placed(angle, place), 0.14, leftTouches ? Color.Teal : Color.Gray);
        canvas.Line(new Point(0.4, 0).Placed(angle, place), new Point(LegX, LegY).Placed(angle, place), 0.14, rightTouches ? Color.Teal : Color.Gray);
        Span<Point> hull = stackalloc Point[Hull.Length / 2];
        for (int i = 0; i < hull.Length; i++)
        {
            hull[i] = new Point(Hull[2 * i], Hull[(2 * i) + 1]).Placed(angle, place);
        }

        canvas.Polygon(hull, Color.Indigo);
    }

    /// <inheritdoc/>
    public override void WriteText(TextWriter writer)
    {
        base.WriteText(writer);
        string legs = (leftTouches, rightTouches) switch
        {
            (true, true) => "both legs touch",
            (true, false) => "left leg touches",
            (false, true) => "right leg touches",
            _ => "in flight",
        };
        writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"x {x - Center:F2} m, height {y - PadHeight - LegDrop:F2} m, velocity {velocityX:F2} {velocityY:F2} m/s, angle {angle:F2} rad, {legs}"));
    }

    internal void Flatten(double height)
    {
        Array.Fill(terrain, height);
        highest = height;
    }

    internal void Place(double x, double y, double velocityX, double velocityY, double angle = 0, double angularVelocity = 0)
    {
        (this.x, this.y, this.velocityX, this.velocityY, this.angle, this.angularVelocity) = (x, y, velocityX, velocityY, angle, angularVelocity);
        (leftTouches, rightTouches, landed, restingSteps) = (false, false, false, 0);
        (mainThrottle, sideThrottle) = (0, 0);
    }

    /// <inheritdoc/>
    protected override SingleEnvironment NewCopy() => new Lander(options);

    /// <inheritdoc/>
    protected override void Begin(Span<float> observation)
    {
        DrawTerrain();
        double kick = 1000 * ControlStep / Mass;
        Place(Center, Height, Random.Uniform(-kick, kick), Random.Uniform(-kick, kick));
        Move();
        Observe(observation);
        potential = Potential(observation);
    }

    /// <inheritdoc/>
    protected override StepOutcome Advance(ReadOnlySpan<float> action, Span<float> observation)
    {
        (double main, double side) = options.Continuous ? Throttles(action) : Choice((int)action[0]);
        (mainThrottle, sideThrottle) = (main, side);
        Burn(main, side);
        bool crashed = Move();
        Observe(observation);
        double after = Potential(observation);
        double reward = after - potential - (0.3 * main) - (0.03 * Math.Abs(side));
        potential = after;
        bool resting = (leftTouches || rightTouches) && (velocityX * velocityX) + (velocityY * velocityY) < Still * Still && Math.Abs(angularVelocity) < Still;
        restingSteps = resting ? restingSteps + 1 : 0;
        if (crashed || Math.Abs(x - Center) >= Center)
        {
            return new StepOutcome(-100, Terminated: true);
        }

        landed = restingSteps >= StepsToRest;
        return new StepOutcome(landed ? 100 : reward, Terminated: landed);
    }

    /// <inheritdoc/>
    protected override void TransferState(StateTransfer state)
    {
        state.Values<double>(terrain);
        state.Value(ref highest);
        state.Value(ref x);
        state.Value(ref y);
        state.Value(ref velocityX);
        state.Value(ref velocityY);
        state.Value(ref angle);
        state.Value(ref angularVelocity);
        state.Value(ref potential);
        state.Value(ref mainThrottle);
        state.Value(ref sideThrottle);
        state.Value(ref restingSteps);
        state.Value(ref leftTouches);
        state.Value(ref rightTouches);
        state.Value(ref landed);
    }

    private static (double Main, double Side) Choice(int action) => (action == 2 ? 1 : 0, action == 1 ? -1 : action == 3 ? 1 : 0);

    private static (double Main, double Side) Throttles(ReadOnlySpan<float> action)
    {
        double main = Math.Clamp(action[0], -1, 1), side = Math.Clamp(action[1], -1, 1);
        return (main > 0 ? (main + 1) / 2 : 0, Math.Abs(side) > 0.5 ? side : 0);
    }

    private static double Potential(ReadOnlySpan<float> o) =>
        (-100 * Math.Sqrt(((double)o[0] * o[0]) + ((double)o[1] * o[1])))
        - (100 * Math.Sqrt(((double)o[2] * o[2]) + ((double)o[3] * o[3])))
        - (100 * Math.Abs((double)o[4])) + (10 * o[6]) + (10 * o[7]);

    private void DrawTerrain()
    {
        Span<double> raw = stackalloc double[Chunks + 1];
        for (int i = 0; i < raw.Length; i++)
        {
            raw[i] = Random.Uniform(0, Height / 2);
        }

        raw[3..8].Fill(PadHeight);
        highest = 0;
        for (int i = 0; i < Chunks; i++)
        {
            terrain[i] = 0.33 * (raw[i == 0 ? Chunks : i - 1] + raw[i] + raw[i + 1]);
            highest = Math.Max(highest, terrain[i]);
        }
    }

    private void Burn(double main, double side)
    {
        if (main == 0 && side == 0)
        {
            return;
        }

        double scatter = options.Dispersion / 30, axialScatter = Random.Uniform(-scatter, scatter), lateralScatter = Random.Uniform(-scatter, scatter);
        (double sine, double cosine) = Math.SinCos(angle);
        double axial = main * MainImpulse * (MainArm + (2 * axialScatter)), lateral = main * MainImpulse * lateralScatter;
        if (side != 0)
        {
            double direction = Math.Sign(side), power = Math.Abs(side) * SideImpulse;
            double sideLateral = power * ((EngineArm * direction) + (3 * lateralScatter)), sideAxial = power * axialScatter;
            angularVelocity += ((-EngineArm * direction * sideAxial) - (EngineHeight * sideLateral)) / Inertia;
            axial += sideAxial;
            lateral += sideLateral;
        }

        velocityX += ((lateral * cosine) - (axial * sine)) / Mass;
        velocityY += ((lateral * sine) + (axial * cosine)) / Mass;
    }

    /// <summary>Moves the body through a control step; true for a crash.</summary>
    private bool Move()
    {
        leftTouches = rightTouches = false;
        bool crashed = false;
        for (int i = 0; i < SubSteps && !crashed; i++)
        {
            double forceX = 0, forceY = -Mass * Gravity, torque = 0;
            if (y - Reach < highest)
            {
                (double sine, double cosine) = Math.SinCos(angle);
                leftTouches = Touch(-LegX, sine, cosine, ref forceX, ref forceY, ref torque, ref crashed);
                rightTouches = Touch(LegX, sine, cosine, ref forceX, ref forceY, ref torque, ref crashed);
            }

            velocityX += TimeStep * forceX / Mass;
            velocityY += TimeStep * forceY / Mass;
            angularVelocity += TimeStep * torque / Inertia;
            x += TimeStep * velocityX;
            y += TimeStep * velocityY;
            angle += TimeStep * angularVelocity;
            crashed |= y - Reach < highest && HullTouches();
        }

        return crashed;
    }

    private bool Touch(double legX, double sine, double cosine, ref double forceX, ref double forceY, ref double torque, ref bool crashed)
    {
        double armX = (cosine * legX) - (sine * LegY), armY = (sine * legX) + (cosine * LegY);
        double drop = Ground(x + armX) - y - armY;
        if (drop <= 0)
        {
            return false;
        }

        // Forces are vertical and horizontal on slopes too: along a slope the sliding damping would let a resting craft creep down.
        double tipX = velocityX - (angularVelocity * armY), tipY = velocityY + (angularVelocity * armX);
        crashed |= tipY < -HardestTouch;
        double upward = Math.Max(0, (Stiffness * drop) - (Damping * tipY));
        double sideward = Math.Clamp(-SlidingDamping * tipX, -Friction * upward, Friction * upward);
        forceX += sideward;
        forceY += upward;
        torque += (armX * upward) - (armY * sideward);
        return true;
    }

    private bool HullTouches()
    {
        (double sine, double cosine) = Math.SinCos(angle);
        ReadOnlySpan<double> hull = Hull;
        for (int i = 0; i < hull.Length; i += 2)
        {
            if (y + (sine * hull[i]) + (cosine * hull[i + 1]) < Ground(x + (cosine * hull[i]) - (sine * hull[i + 1])))
            {
                return true;
            }
        }

        return false;
    }

    private double Ground(double at)
    {
        int chunk = Math.Clamp((int)(at / ChunkWidth), 0, Chunks - 2);
        return terrain[chunk] + ((terrain[chunk + 1] - terrain[chunk]) / ChunkWidth * (at - (chunk * ChunkWidth)));
    }

    private void Observe(Span<float> observation)
    {
        observation[0] = (float)((x - Center) / Center);
        observation[1] = (float)((y - PadHeight - LegDrop) / (Height / 2));
        observation[2] = (float)(velocityX * Center / 50);
        observation[3] = (float)(velocityY * (Height / 2) / 50);
        observation[4] = (float)angle;
        observation[5] = (float)(20 * angularVelocity / 50);
        observation[6] = leftTouches ? 1 : 0;
        observation[7] = rightTouches ? 1 : 0;
    }
}
