using System.Globalization;
using Proximal.Control.Spaces;
using Proximal.Control.State;
using Proximal.Tensors;

namespace Proximal.Control.Environments.LinearQuadratic;

/// <summary>
/// A linear system is to be kept at rest: the reward is -(x'x + u^2), for which the best controller is known (<see cref="RiccatiSolution"/>). An episode
/// begins in U(-1, 1) and is truncated after a number of steps; a disturbance N(0, sigma^2) can act at every step. It ends when a state grows beyond 1000.
/// </summary>
public sealed class LinearQuadraticRegulation : SingleEnvironment
{
    private const double Limit = 1000;

    private readonly LinearSystem system;
    private readonly double sigma;
    private readonly int maximumSteps;
    private readonly double[] next;
    private readonly double[] current;

    /// <summary>Creates an environment.</summary>
    /// <param name="system">The system; x' = 1.1 x + u + d when null.</param>
    /// <param name="sigma">Standard deviation of the disturbance, 0 to 100.</param>
    /// <param name="maximumSteps">Steps after which an episode is truncated.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public LinearQuadraticRegulation(LinearSystem? system = null, double sigma = 0, int maximumSteps = 100)
    {
        OptionRange.Check(nameof(sigma), sigma, 0, 100);
        ArgumentOutOfRangeException.ThrowIfLessThan(maximumSteps, 1);
        (this.system, this.sigma, this.maximumSteps) = (system ?? LinearSystem.Scalar, sigma, maximumSteps);
        current = new double[this.system.States];
        next = new double[this.system.States];
        Specification = new EnvironmentSpecification
        {
            Name = "lqr",
            Observations = new BoxSpace(new Shape(this.system.States)),
            Actions = new BoxSpace(new Shape(1), -10, 10),
            MaximumSteps = maximumSteps,
        };
    }

    /// <inheritdoc/>
    public override EnvironmentSpecification Specification { get; }

    /// <summary>Puts the system into a state, within the running episode.</summary>
    /// <param name="state">x [states].</param>
    public void SetState(ReadOnlySpan<double> state) => state.CopyTo(current);

    /// <inheritdoc/>
    public override void WriteText(TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteLine($"step {Steps}, x = {string.Join(' ', current.Select(value => value.ToString("0.0000", CultureInfo.InvariantCulture)))}");
    }

    /// <inheritdoc/>
    protected override SingleEnvironment NewCopy() => new LinearQuadraticRegulation(system, sigma, maximumSteps);

    /// <inheritdoc/>
    protected override void Begin(Span<float> observation)
    {
        foreach (ref double value in current.AsSpan())
        {
            value = Random.Uniform(-1, 1);
        }

        Observe(observation);
    }

    /// <inheritdoc/>
    protected override StepOutcome Advance(ReadOnlySpan<float> action, Span<float> observation)
    {
        double u = Math.Clamp(action[0], -10, 10), cost = u * u;
        foreach (double value in current)
        {
            cost += value * value;
        }

        system.Advance(current, u, sigma == 0 ? 0 : sigma * Random.Normal(), next);
        next.CopyTo(current, 0);
        Observe(observation);
        return new StepOutcome(-cost, current.AsSpan().IndexOfAnyExceptInRange(-Limit, Limit) >= 0);
    }

    /// <inheritdoc/>
    protected override void TransferState(StateTransfer state) => state.Values<double>(current);

    private void Observe(Span<float> observation)
    {
        for (int i = 0; i < current.Length; i++)
        {
            observation[i] = (float)current[i];
        }
    }
}
