using Proximal.Control.Environments;
using Proximal.Control.Recipes;
using Proximal.Control.State;
using Proximal.Recipes;
using Proximal.Tensors;
using Proximal.Tensors.Optimizers;

namespace Proximal.Control.Algorithms.Evolution;

/// <summary>
/// OpenAI-ES (Salimans et al. 2017). Pairs of candidates theta + sigma e_i and theta - sigma e_i with normal e_i; g = 1/(2 n sigma) sum_i (u_i+ - u_i-) e_i
/// - decay theta, where u are the centred ranks of all returns; theta moves along g by Adam.
/// </summary>
public sealed class EvolutionStrategies : EvolutionLearner
{
    private readonly EvolutionStrategiesOptions options;
    private readonly Parameter centre;
    private readonly Adam optimizer;
    private readonly Tape tape;
    private readonly Workers alone = new(1);
    private readonly float[] noise;
    private readonly float[] gradient;
    private readonly double[] utilities;

    /// <summary>Prepares a search.</summary>
    /// <param name="environment">An environment with a step limit.</param>
    /// <param name="options">Settings.</param>
    /// <exception cref="ArgumentException">The environment has no step limit, or actions that a network policy cannot give.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A setting is outside its range.</exception>
    public EvolutionStrategies(IEnvironment environment, EvolutionStrategiesOptions? options = null)
        : base(environment, options ??= new EvolutionStrategiesOptions(), 2 * options.Pairs)
    {
        this.options = options;
        centre = new Parameter("centre", new Shape(Dimension));
        Mean.CopyTo(centre.Data);
        optimizer = new Adam([centre], new AdamOptions { LearningRate = options.LearningRate }, alone);
        tape = new Tape(alone);
        noise = new float[Dimension];
        gradient = new float[Dimension];
        utilities = new double[2 * options.Pairs];
    }

    internal static ComponentDefinition<Algorithm, EvolutionStrategiesOptions> Definition { get; } = new(
        new ComponentInfo(
            "evolution-strategies",
            Seam.Algorithms,
            "Moves parameters along normal noise, weighted by the ranks of the returns that it gives.",
            "g = 1/(2 n sigma) sum_i (u_i+ - u_i-) e_i - decay theta,  u = centred ranks of R(theta +- sigma e_i),  theta moves along g by Adam",
            "Salimans et al. 2017, \"Evolution strategies as a scalable alternative to reinforcement learning\""),
        EvolutionStrategiesOptions.Schema,
        options => new Algorithm(
            ActionKinds.All, task => new EvolutionStrategies(task.Environment, options with { Seed = task.Seed, Workers = task.Workers.Count }))
        {
            Arithmetic = steps => Explain(2L * options.Pairs, options.EpisodesPerCandidate, "makes one step of Adam", steps),
        });

    /// <summary>
    /// The direction of ascent g = 1/(2 n sigma) sum_i (u_i+ - u_i-) e_i - decay theta.
    /// </summary>
    /// <param name="utilities">Of the candidates theta + sigma e_i, then of theta - sigma e_i [2 n].</param>
    /// <param name="noises">e [n, dimension].</param>
    /// <param name="deviation">sigma.</param>
    /// <param name="centre">theta [dimension].</param>
    /// <param name="decay">Decay of the parameters.</param>
    /// <param name="direction">Receives g [dimension].</param>
    public static void Direction(
        ReadOnlySpan<double> utilities, ReadOnlySpan<float> noises, double deviation, ReadOnlySpan<float> centre, double decay, Span<float> direction)
    {
        int pairs = utilities.Length / 2, dimension = direction.Length;
        direction.Clear();
        for (int pair = 0; pair < pairs; pair++)
        {
            AddPair(utilities[pair] - utilities[pairs + pair], noises.Slice(pair * dimension, dimension), direction);
        }

        Finish(pairs, deviation, centre, decay, direction);
    }

    /// <inheritdoc/>
    protected override long Iterate()
    {
        int pairs = options.Pairs;
        float deviation = (float)options.NoiseDeviation;
        for (int pair = 0; pair < pairs; pair++)
        {
            Noise(pair, noise);
            Span<float> plus = Candidates.AsSpan(pair * Dimension, Dimension), minus = Candidates.AsSpan((pairs + pair) * Dimension, Dimension);
            for (int i = 0; i < Dimension; i++)
            {
                plus[i] = Mean[i] + (deviation * noise[i]);
                minus[i] = Mean[i] - (deviation * noise[i]);
            }
        }

        long steps = JudgeAll(episodeSeedShift: pairs);
        FitnessShaping.CentredRanks(Fitness, utilities);
        gradient.AsSpan().Clear();
        for (int pair = 0; pair < pairs; pair++)
        {
            Noise(pair, noise);
            AddPair(utilities[pair] - utilities[pairs + pair], noise, gradient);
        }

        Finish(pairs, options.NoiseDeviation, Mean, options.WeightDecay, gradient);
        Ascend();
        return steps;
    }

    /// <inheritdoc/>
    protected override void TransferState(StateTransfer state)
    {
        base.TransferState(state);
        TransferOptimizer(state, optimizer);
        if (state.Reading)
        {
            Mean.CopyTo(centre.Data);
            centre.MarkChanged();
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            tape.Dispose();
            optimizer.Dispose();
            centre.Dispose();
            alone.Dispose();
        }
    }

    private static void AddPair(double weight, ReadOnlySpan<float> noise, Span<float> direction)
    {
        for (int i = 0; i < direction.Length; i++)
        {
            direction[i] += (float)weight * noise[i];
        }
    }

    private static void Finish(int pairs, double deviation, ReadOnlySpan<float> centre, double decay, Span<float> direction)
    {
        float scale = (float)(1 / (2 * pairs * deviation));
        for (int i = 0; i < direction.Length; i++)
        {
            direction[i] = (scale * direction[i]) - ((float)decay * centre[i]);
        }
    }

    /// <summary>One step of Adam up the direction: the gradient of -g·theta is -g.</summary>
    private void Ascend()
    {
        tape.Reset();
        optimizer.ClearGradients();
        tape.Backward((tape.Input(new Shape(Dimension), gradient) * centre).Sum().Negate());
        optimizer.Step();
        centre.Data.CopyTo(Mean);
        MeanToPolicy();
    }
}
