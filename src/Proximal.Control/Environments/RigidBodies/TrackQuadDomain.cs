namespace Proximal.Control.Environments.RigidBodies;

/// <summary>What can differ from robot to robot of <see cref="TrackQuad2D"/>, and what the policy is not told.</summary>
/// <param name="FrictionScale">What the coefficients of friction are multiplied with.</param>
/// <param name="Payload">Mass added to the trunk (kg).</param>
/// <param name="StiffnessScale">What the stiffness of the motor controllers is multiplied with.</param>
/// <param name="DampingScale">What the damping of the motor controllers is multiplied with.</param>
/// <param name="MotorStrength">What the torque of the motors is multiplied with.</param>
/// <param name="Latency">Control steps by which an action comes late, 0 or 1.</param>
public readonly record struct TrackQuadDomain(
    double FrictionScale = 1,
    double Payload = 0,
    double StiffnessScale = 1,
    double DampingScale = 1,
    double MotorStrength = 1,
    int Latency = 0)
{
    /// <summary>The robot as it is built.</summary>
    public static TrackQuadDomain Nominal { get; } = new(FrictionScale: 1);

    /// <summary>A robot drawn uniformly: friction 0.4 to 1.2, payload -1 to 2 kg, stiffness and damping 0.9 to 1.1, strength 0.8 to 1.2, latency 0 or 1.</summary>
    /// <param name="random">Source.</param>
    /// <param name="spread">What the widths of these ranges are multiplied with, around their middles.</param>
    public static TrackQuadDomain Draw(ref EpisodeRandom random, double spread = 1)
    {
        double friction = Around(0.8, 0.4, ref random), payload = Around(0.5, 1.5, ref random);
        double stiffness = Around(1, 0.1, ref random), damping = Around(1, 0.1, ref random), strength = Around(1, 0.2, ref random);
        return new(friction, payload, stiffness, damping, strength, random.Integer(2));

        double Around(double middle, double half, ref EpisodeRandom random) => middle + (spread * random.Uniform(-half, half));
    }

    internal void Write(Span<float> values)
    {
        values[0] = (float)FrictionScale;
        values[1] = (float)Payload;
        values[2] = (float)StiffnessScale;
        values[3] = (float)DampingScale;
        values[4] = (float)MotorStrength;
        values[5] = Latency;
    }
}
