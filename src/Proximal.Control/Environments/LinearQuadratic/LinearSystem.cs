namespace Proximal.Control.Environments.LinearQuadratic;

/// <summary>A linear system x' = A x + B u + D d with the cost x'x + u^2, a single input u and a single disturbance d.</summary>
public sealed class LinearSystem
{
    private readonly double[] transition;
    private readonly double[] input;
    private readonly double[] disturbance;

    /// <summary>Creates a system.</summary>
    /// <param name="transition">A [states, states].</param>
    /// <param name="input">B [states].</param>
    /// <param name="disturbance">D [states].</param>
    /// <exception cref="ArgumentException">The sizes do not fit.</exception>
    public LinearSystem(ReadOnlySpan<double> transition, ReadOnlySpan<double> input, ReadOnlySpan<double> disturbance)
    {
        if (input.Length is 0 or > 64 || transition.Length != input.Length * input.Length || disturbance.Length != input.Length)
        {
            throw new ArgumentException($"A system of {input.Length} states (1 to 64) has as many squared transitions, not {transition.Length}, and as many disturbances, not {disturbance.Length}.", nameof(transition));
        }

        (this.transition, this.input, this.disturbance) = (transition.ToArray(), input.ToArray(), disturbance.ToArray());
    }

    /// <summary>x' = 1.1 x + u + d: unstable, and small enough to check by hand.</summary>
    public static LinearSystem Scalar { get; } = new([1.1], [1], [1]);

    /// <summary>The cart-pole about its upright rest, in steps of 0.02 s with forces in units of 10 N on the cart.</summary>
    public static LinearSystem CartPole { get; } = CreateCartPole();

    /// <summary>Number of states.</summary>
    public int States => input.Length;

    /// <summary>A [states, states].</summary>
    public ReadOnlySpan<double> Transition => transition;

    /// <summary>B [states].</summary>
    public ReadOnlySpan<double> Input => input;

    /// <summary>D [states].</summary>
    public ReadOnlySpan<double> Disturbance => disturbance;

    /// <summary>Writes the next state.</summary>
    /// <param name="state">x [states].</param>
    /// <param name="u">Input.</param>
    /// <param name="d">Disturbance.</param>
    /// <param name="next">Receives x' [states]; other memory than the state.</param>
    public void Advance(ReadOnlySpan<double> state, double u, double d, Span<double> next)
    {
        for (int i = 0; i < States; i++)
        {
            double sum = (input[i] * u) + (disturbance[i] * d);
            for (int j = 0; j < States; j++)
            {
                sum += transition[(i * States) + j] * state[j];
            }

            next[i] = sum;
        }
    }

    private static LinearSystem CreateCartPole()
    {
        const double gravity = 9.8, mass = 1.1, poleMass = 0.1, half = 0.5, step = 0.02, force = 10;
        double swing = half * ((4.0 / 3) - (poleMass / mass));
        double tilt = gravity / swing, push = -1 / (mass * swing);
        double carried = -poleMass * half * tilt / mass, driven = (1 / mass) - (poleMass * half * push / mass);
        return new LinearSystem(
            [1, step, 0, 0, 0, 1, step * carried, 0, 0, 0, 1, step, 0, 0, step * tilt, 1],
            [0, step * force * driven, 0, step * force * push],
            [0, step * force * driven, 0, step * force * push]);
    }
}
