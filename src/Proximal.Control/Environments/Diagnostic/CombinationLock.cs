using System.Numerics;
using Proximal.Control.Rendering;
using Proximal.Control.Spaces;
using Proximal.Control.State;
using Proximal.Tensors;

namespace Proximal.Control.Environments.Diagnostic;

/// <summary>
/// The combination lock with rich observations (Misra et al. 2020): at every step one action keeps the state good, any other ends in a state without
/// return; only the last right action pays 1, and whoever failed gets 0.1 with probability 1/2, which leads astray. The observation is a Hadamard matrix
/// times the one-hot codes of state and step with noise N(0, 0.1^2). Random actions succeed with probability actions^-horizon.
/// </summary>
public sealed class CombinationLock : SingleEnvironment
{
    private const int Dead = 2;
    private const double Noise = 0.1, Temperature = 0.1;

    private readonly CombinationLockOptions options;
    private readonly int[] secret;
    private readonly double[] code;
    private int latent;
    private int level;

    /// <summary>Creates a lock.</summary>
    /// <param name="options">Size and seed; 20 steps and 10 actions when null.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    public CombinationLock(CombinationLockOptions? options = null)
    {
        this.options = options ?? new CombinationLockOptions();
        OptionRange.Check(nameof(CombinationLockOptions.Horizon), this.options.Horizon, 1, 1000);
        OptionRange.Check(nameof(CombinationLockOptions.Actions), this.options.Actions, 2, 100);
        code = new double[(int)BitOperations.RoundUpToPowerOf2((uint)this.options.Horizon + 4)];
        secret = new int[2 * this.options.Horizon];
        EpisodeRandom random = new((ulong)this.options.LockSeed, copy: -1);
        foreach (ref int action in secret.AsSpan())
        {
            action = random.Integer(this.options.Actions);
        }

        Specification = new EnvironmentSpecification
        {
            Name = "combination-lock",
            Observations = new BoxSpace(new Shape(code.Length)),
            Actions = this.options.Continuous ? new BoxSpace(new Shape(this.options.Actions), -1, 1) : new DiscreteSpace(this.options.Actions),
            Metrics = ["opened"],
        };
    }

    /// <inheritdoc/>
    public override EnvironmentSpecification Specification { get; }

    /// <summary>The action that keeps the present state good; any action when nothing can.</summary>
    public int RightAction => latent == Dead || level == options.Horizon ? 0 : secret[(2 * level) + latent];

    /// <inheritdoc/>
    public override void WriteMetrics(Span<float> metrics) => metrics[0] = latent == Dead ? 0 : 1;

    /// <inheritdoc/>
    public override void Draw(Canvas canvas)
    {
        ArgumentNullException.ThrowIfNull(canvas);
        canvas.SetWorld(-1, -1, options.Horizon + 1, 3);
        for (int i = 0; i <= options.Horizon; i++)
        {
            for (int state = 0; state < 3; state++)
            {
                canvas.Circle(new Point(i, state), 0.3, i == level && state == latent ? Color.Amber : state == Dead ? Color.Silver : Color.Teal);
            }
        }
    }

    /// <inheritdoc/>
    public override void WriteText(TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteLine($"level {level} of {options.Horizon}, {(latent == Dead ? "locked" : "open")}");
    }

    /// <inheritdoc/>
    protected override SingleEnvironment NewCopy() => new CombinationLock(options);

    /// <inheritdoc/>
    protected override void Begin(Span<float> observation)
    {
        (latent, level) = (Random.Integer(2), 0);
        Observe(observation);
    }

    /// <inheritdoc/>
    protected override StepOutcome Advance(ReadOnlySpan<float> action, Span<float> observation)
    {
        int chosen = options.Continuous ? Sample(action) : (int)action[0];
        bool right = latent != Dead && chosen == secret[(2 * level) + latent];
        latent = right ? Random.Integer(2) : Dead;
        level++;
        Observe(observation);
        if (level < options.Horizon)
        {
            return default;
        }

        return new StepOutcome(right ? 1 : Random.Chance(0.5) ? 0.1 : 0, Terminated: true);
    }

    /// <inheritdoc/>
    protected override void TransferState(StateTransfer state)
    {
        state.Value(ref latent);
        state.Value(ref level);
    }

    private int Sample(ReadOnlySpan<float> logits)
    {
        double largest = double.NegativeInfinity, sum = 0;
        foreach (float logit in logits)
        {
            largest = Math.Max(largest, logit);
        }

        foreach (float logit in logits)
        {
            sum += Math.Exp((logit - largest) / Temperature);
        }

        double left = Random.Uniform() * sum;
        for (int i = 0; i < logits.Length - 1; i++)
        {
            left -= Math.Exp((logits[i] - largest) / Temperature);
            if (left < 0)
            {
                return i;
            }
        }

        return logits.Length - 1;
    }

    private void Observe(Span<float> observation)
    {
        for (int i = 0; i < code.Length; i++)
        {
            code[i] = (Noise * Random.Normal()) + (i == latent || i == 3 + level ? 1 : 0);
        }

        // Entry (i, j) of the Hadamard matrix of Sylvester is -1 to the number of ones that i and j share.
        for (int i = 0; i < observation.Length; i++)
        {
            double sum = 0;
            for (int j = 0; j < code.Length; j++)
            {
                sum += (BitOperations.PopCount((uint)(i & j)) & 1) == 0 ? code[j] : -code[j];
            }

            observation[i] = (float)sum;
        }
    }
}
