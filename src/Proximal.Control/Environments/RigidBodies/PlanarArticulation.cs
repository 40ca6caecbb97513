using System.Globalization;
using Proximal.Control.State;

namespace Proximal.Control.Environments.RigidBodies;

/// <summary>
/// The motion of a planar robot in generalized coordinates: position of the root (x to the right, z upwards), its pitch, and the angle of every
/// joint. Each step solves (M + dt D) dv = dt f with the mass matrix M of composite bodies and the damping D of joints and active limits, by
/// the factorization L'DL that fills in nothing outside the tree (Featherstone, Rigid Body Dynamics Algorithms, 2008, table 6.3), and then
/// moves the positions with the new velocities. Contacts and limits are springs and dampers. A step takes no memory.
/// </summary>
public sealed class PlanarArticulation : IStateful
{
    private const int MaximumLinks = 16, RootCoordinates = 3;

    private readonly PlanarModel model;
    private readonly Body[] bodies;
    private readonly PlanarContact[] contacts;
    private readonly double[] position;
    private readonly double[] velocity;
    private readonly double[] torque;
    private readonly double[] change;
    private readonly double[] matrix;
    private readonly int[] previous;
    private readonly double[] push;
    private readonly double[] payload;
    private double frictionScale = 1;

    /// <summary>Creates a robot with all coordinates 0.</summary>
    /// <param name="model">Its links and contacts.</param>
    /// <exception cref="ArgumentException">The links are not a tree, a mass is not positive, or a contact names no link.</exception>
    public PlanarArticulation(PlanarModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        int count = model.Links.Count;
        if (count is < 1 or > MaximumLinks)
        {
            throw new ArgumentException($"The robot has {count} links, expected 1 to {MaximumLinks}.", nameof(model));
        }

        this.model = model;
        bodies = new Body[count];
        previous = new int[count + 2];
        (previous[0], previous[1], previous[2]) = (-1, 0, 1);
        for (int i = 0; i < count; i++)
        {
            PlanarLink link = model.Links[i];
            if (i == 0 ? link.Parent != -1 : link.Parent < 0 || link.Parent >= i)
            {
                throw new ArgumentException($"Link {i} hangs on link {link.Parent}, expected {(i == 0 ? "-1" : $"0 to {i - 1}")}.", nameof(model));
            }

            if (!(link.Mass > 0 && link.Inertia >= 0))
            {
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"Link {i} has mass {link.Mass} and inertia {link.Inertia}, expected a positive mass and an inertia that is not negative."), nameof(model));
            }

            bodies[i] = new Body(link);
            if (i > 0)
            {
                previous[i + 2] = link.Parent + 2;
            }
        }

        contacts = [.. model.Contacts];
        foreach (PlanarContact contact in contacts)
        {
            if ((uint)contact.Link >= (uint)count)
            {
                throw new ArgumentException($"A contact lies on link {contact.Link}, expected 0 to {count - 1}.", nameof(model));
            }
        }

        position = new double[count + 2];
        velocity = new double[count + 2];
        torque = new double[count + 2];
        change = new double[count + 2];
        matrix = new double[(count + 2) * (count + 2)];
        push = new double[2 * count];
        payload = new double[count];
    }

    /// <summary>Links and contacts.</summary>
    public PlanarModel Model => model;

    /// <summary>x and z of the root (m), its pitch and the angles of the joints (rad).</summary>
    public Span<double> Position => position;

    /// <summary>The velocities of the coordinates.</summary>
    public Span<double> Velocity => velocity;

    /// <summary>Torques of the motors of the joints (N m), of link 1 onwards; they act until they are changed.</summary>
    public Span<double> Torques => torque.AsSpan(RootCoordinates);

    /// <summary>What all coefficients of friction are multiplied with.</summary>
    public double FrictionScale
    {
        get => frictionScale;
        set => frictionScale = value;
    }

    /// <summary>Puts a force on the center of mass of a link, which acts until it is changed.</summary>
    /// <param name="link">Index of the link.</param>
    /// <param name="x">Force to the right (N).</param>
    /// <param name="z">Force upwards (N).</param>
    public void Push(int link, double x, double z) => (push[2 * link], push[(2 * link) + 1]) = (x, z);

    /// <summary>Adds a point mass at the center of mass of a link, in place of the one that was there.</summary>
    /// <param name="link">Index of the link.</param>
    /// <param name="mass">Mass (kg); a negative one takes away from the link.</param>
    /// <exception cref="ArgumentOutOfRangeException">Nothing would be left of the link.</exception>
    public void SetPayload(int link, double mass)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(mass, -model.Links[link].Mass);
        payload[link] = mass;
        bodies[link].Mass = model.Links[link].Mass + mass;
    }

    /// <summary>Puts the robot at rest with all coordinates, torques and forces 0.</summary>
    public void Clear()
    {
        position.AsSpan().Clear();
        velocity.AsSpan().Clear();
        torque.AsSpan().Clear();
        push.AsSpan().Clear();
    }

    /// <summary>Moves the robot by one time step.</summary>
    public void Step()
    {
        Pose();
        LoadLinks();
        LoadContacts();
        Gather();
        AddJoints();
        Solve();
        double timeStep = model.TimeStep;
        for (int i = 0; i < position.Length; i++)
        {
            velocity[i] += change[i];
            position[i] += timeStep * velocity[i];
        }
    }

    /// <summary>Kinetic and potential energy (J), that of springs and limits left out.</summary>
    public double Energy()
    {
        Pose();
        double energy = 0;
        for (int i = 0; i < bodies.Length; i++)
        {
            ref readonly Body body = ref bodies[i];
            double x = body.VelocityX - (body.Spin * body.CenterZ), z = body.VelocityZ + (body.Spin * body.CenterX);
            double joint = i > 0 ? velocity[i + 2] : 0;
            energy += (body.Mass * ((((x * x) + (z * z)) / 2) + (model.Gravity * (body.OriginZ + body.CenterZ))))
                + (((body.Inertia * body.Spin * body.Spin) + (body.Armature * joint * joint)) / 2);
        }

        return energy;
    }

    /// <summary>Where a point of a link is in the world.</summary>
    /// <param name="link">Index of the link.</param>
    /// <param name="x">Along the link's own axes, seen from its joint (m).</param>
    /// <param name="z">Along the link's own axes, seen from its joint (m).</param>
    public (double X, double Z) Locate(int link, double x, double z)
    {
        Pose();
        ref readonly Body body = ref bodies[link];
        return (body.OriginX + (body.Cosine * x) - (body.Sine * z), body.OriginZ + (body.Sine * x) + (body.Cosine * z));
    }

    /// <inheritdoc/>
    public void Transfer(StateTransfer state)
    {
        state.Values<double>(position);
        state.Values<double>(velocity);
        state.Values<double>(torque);
        state.Values<double>(push);
        state.Values<double>(payload);
        state.Value(ref frictionScale);
        for (int i = 0; state.Reading && i < bodies.Length; i++)
        {
            bodies[i].Mass = model.Links[i].Mass + payload[i];
        }
    }

    /// <summary>Orientation, origin, and their velocities and accelerations at no change of the velocities, from the root outwards.</summary>
    private void Pose()
    {
        ref Body root = ref bodies[0];
        (root.OriginX, root.OriginZ, root.Angle) = (position[0], position[1], position[2]);
        (root.VelocityX, root.VelocityZ, root.Spin) = (velocity[0], velocity[1], velocity[2]);
        root.Turn();
        for (int i = 1; i < bodies.Length; i++)
        {
            ref Body body = ref bodies[i];
            ref readonly Body parent = ref bodies[body.Parent];
            double x = (parent.Cosine * body.AnchorX) - (parent.Sine * body.AnchorZ), z = (parent.Sine * body.AnchorX) + (parent.Cosine * body.AnchorZ);
            double spin = parent.Spin;
            (body.ArmX, body.ArmZ) = (x, z);
            body.OriginX = parent.OriginX + x;
            body.OriginZ = parent.OriginZ + z;
            body.VelocityX = parent.VelocityX - (spin * z);
            body.VelocityZ = parent.VelocityZ + (spin * x);
            body.BiasX = parent.BiasX - (spin * spin * x);
            body.BiasZ = parent.BiasZ - (spin * spin * z);
            body.Angle = parent.Angle + position[i + 2];
            body.Spin = spin + velocity[i + 2];
            body.Turn();
        }
    }

    private void LoadLinks()
    {
        double gravity = model.Gravity;
        for (int i = 0; i < bodies.Length; i++)
        {
            ref Body body = ref bodies[i];
            double mass = body.Mass, squaredSpin = body.Spin * body.Spin, x = body.CenterX, z = body.CenterZ;
            double forceX = push[2 * i] - (mass * (body.BiasX - (squaredSpin * x)));
            double forceZ = push[(2 * i) + 1] - (mass * (body.BiasZ - (squaredSpin * z) + gravity));
            (body.ForceX, body.ForceZ, body.Moment) = (forceX, forceZ, (x * forceZ) - (z * forceX));
            (body.CompositeMass, body.FirstX, body.FirstZ) = (mass, mass * x, mass * z);
            body.Second = body.Inertia + (mass * ((x * x) + (z * z)));
        }
    }

    private void LoadContacts()
    {
        foreach (ref readonly PlanarContact contact in contacts.AsSpan())
        {
            ref Body body = ref bodies[contact.Link];
            double x = (body.Cosine * contact.X) - (body.Sine * contact.Z), z = (body.Sine * contact.X) + (body.Cosine * contact.Z) - contact.Radius;
            double depth = (model.Ground is { } ground ? ground(body.OriginX + x) : 0) - body.OriginZ - z;
            if (depth <= 0)
            {
                continue;
            }

            double normal = Math.Max(0, (model.ContactStiffness * depth) - (model.ContactDamping * (body.VelocityZ + (body.Spin * x))));
            double most = frictionScale * contact.Friction * normal;
            double sliding = Math.Clamp(-model.SlidingDamping * (body.VelocityX - (body.Spin * z)), -most, most);
            body.ForceX += sliding;
            body.ForceZ += normal;
            body.Moment += (x * normal) - (z * sliding);
        }
    }

    /// <summary>Sums forces and masses of subtrees, from the leaves inwards, and writes their generalized forces and the mass matrix.</summary>
    private void Gather()
    {
        int size = position.Length;
        for (int i = bodies.Length - 1; i > 0; i--)
        {
            ref readonly Body body = ref bodies[i];
            ref Body parent = ref bodies[body.Parent];
            double x = body.ArmX, z = body.ArmZ, mass = body.CompositeMass;
            parent.ForceX += body.ForceX;
            parent.ForceZ += body.ForceZ;
            parent.Moment += body.Moment + (x * body.ForceZ) - (z * body.ForceX);
            parent.CompositeMass += mass;
            parent.FirstX += body.FirstX + (mass * x);
            parent.FirstZ += body.FirstZ + (mass * z);
            parent.Second += body.Second + (2 * ((x * body.FirstX) + (z * body.FirstZ))) + (mass * ((x * x) + (z * z)));
        }

        ref readonly Body root = ref bodies[0];
        (change[0], change[1]) = (root.ForceX, root.ForceZ);
        (matrix[0], matrix[size], matrix[size + 1]) = (root.CompositeMass, 0, root.CompositeMass);
        for (int i = 0; i < bodies.Length; i++)
        {
            ref readonly Body body = ref bodies[i];
            Span<double> row = matrix.AsSpan((i + 2) * size, i + 3);
            change[i + 2] = body.Moment;
            row[0] = -body.FirstZ;
            row[1] = body.FirstX;
            row[i + 2] = body.Second;
            double x = 0, z = 0;
            for (int below = i, above = body.Parent; above >= 0; below = above, above = bodies[above].Parent)
            {
                x += bodies[below].ArmX;
                z += bodies[below].ArmZ;
                row[above + 2] = body.Second + (x * body.FirstX) + (z * body.FirstZ);
            }
        }
    }

    private void AddJoints()
    {
        double timeStep = model.TimeStep;
        int size = position.Length;
        for (int i = 1; i < bodies.Length; i++)
        {
            ref readonly Body body = ref bodies[i];
            double angle = position[i + 2], speed = velocity[i + 2], damping = body.Damping;
            double force = torque[i + 2] - (body.Stiffness * (angle - body.Rest));
            double beyond = angle < body.Low ? body.Low - angle : angle > body.High ? body.High - angle : 0;
            if (beyond != 0)
            {
                force += body.LimitStiffness * beyond;
                damping += body.LimitDamping;
            }

            change[i + 2] += force - (damping * speed);
            matrix[((i + 2) * size) + i + 2] += body.Armature + (timeStep * damping);
        }
    }

    private void Solve()
    {
        int size = position.Length;
        double timeStep = model.TimeStep;
        for (int k = size - 1; k >= 0; k--)
        {
            Span<double> row = matrix.AsSpan(k * size, k + 1);
            double inverse = 1 / row[k], value = change[k];
            row[k] = inverse;
            for (int i = previous[k]; i >= 0; i = previous[i])
            {
                double factor = row[i] * inverse;
                Span<double> other = matrix.AsSpan(i * size, i + 1);
                for (int j = i; j >= 0; j = previous[j])
                {
                    other[j] -= factor * row[j];
                }

                row[i] = factor;
                change[i] -= factor * value;
            }
        }

        for (int k = 0; k < size; k++)
        {
            Span<double> row = matrix.AsSpan(k * size, k + 1);
            double value = timeStep * change[k] * row[k];
            for (int i = previous[k]; i >= 0; i = previous[i])
            {
                value -= row[i] * change[i];
            }

            change[k] = value;
        }
    }

    /// <summary>A link: what it is made of, and what a step finds out about it.</summary>
    private struct Body(PlanarLink link)
    {
        public readonly int Parent = link.Parent;
        public readonly double AnchorX = link.Anchor.X;
        public readonly double AnchorZ = link.Anchor.Z;
        public readonly double LocalX = link.Center.X;
        public readonly double LocalZ = link.Center.Z;
        public readonly double Inertia = link.Inertia;
        public readonly double Armature = link.Armature;
        public readonly double Damping = link.Damping;
        public readonly double Stiffness = link.Stiffness;
        public readonly double Rest = link.Rest;
        public readonly double Low = link.Range.Low;
        public readonly double High = link.Range.High;
        public readonly double LimitStiffness = link.LimitStiffness;
        public readonly double LimitDamping = link.LimitDamping;
        public double Mass = link.Mass;

        public double Angle;
        public double Sine;
        public double Cosine;
        public double OriginX;
        public double OriginZ;
        public double ArmX;
        public double ArmZ;
        public double CenterX;
        public double CenterZ;
        public double VelocityX;
        public double VelocityZ;
        public double Spin;
        public double BiasX;
        public double BiasZ;
        public double ForceX;
        public double ForceZ;
        public double Moment;
        public double CompositeMass;
        public double FirstX;
        public double FirstZ;
        public double Second;

        public void Turn()
        {
            (Sine, Cosine) = Math.SinCos(Angle);
            CenterX = (Cosine * LocalX) - (Sine * LocalZ);
            CenterZ = (Sine * LocalX) + (Cosine * LocalZ);
        }
    }
}
