using System.Globalization;
using Proximal.Control.Environments;
using Proximal.Control.Recipes;
using Proximal.Control.State;
using Proximal.Recipes;

namespace Proximal.Control.Algorithms.Evolution;

/// <summary>
/// The cross-entropy method (Rubinstein 1999) with noise that falls (Szita and Lorincz 2006). Candidates come from a normal distribution with a
/// deviation for each parameter; mean and variance are then those of the best candidates, and the variance gets max(0, noise (1 - t/T)) more.
/// </summary>
public sealed class CrossEntropyMethod : EvolutionLearner
{
    private readonly CrossEntropyOptions options;
    private readonly float[] variance;
    private readonly float[] noise;

    /// <summary>Prepares a search.</summary>
    /// <param name="environment">An environment with a step limit.</param>
    /// <param name="options">Settings.</param>
    /// <exception cref="ArgumentException">The environment has no step limit, or actions that a network policy cannot give.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A setting is outside its range.</exception>
    public CrossEntropyMethod(IEnvironment environment, CrossEntropyOptions? options = null)
        : base(environment, options ??= new CrossEntropyOptions(), options.Population)
    {
        this.options = options;
        variance = new float[Dimension];
        variance.AsSpan().Fill((float)(options.FirstDeviation * options.FirstDeviation));
        noise = new float[Dimension];
        Mean.AsSpan().Clear();
        MeanToPolicy();
    }

    internal static ComponentDefinition<Algorithm, CrossEntropyOptions> Definition { get; } = new(
        new ComponentInfo(
            "cross-entropy",
            Seam.Algorithms,
            "Fits a normal distribution over parameters to the best of its candidates.",
            "theta_i ~ N(mu, diag(v)),  mu, v = mean and variance of the elites + max(0, noise (1 - t/T))",
            "Szita and Lorincz 2006, \"Learning Tetris using the noisy cross-entropy method\""),
        CrossEntropyOptions.Schema,
        options => new Algorithm(
            ActionKinds.All, task => new CrossEntropyMethod(task.Environment, options with { Seed = task.Seed, Workers = task.Workers.Count }))
        {
            Arithmetic = steps => Explain(
                options.Population, options.EpisodesPerCandidate, string.Create(CultureInfo.InvariantCulture, $"fits the distribution to the best {options.Elites}"), steps),
        });

    /// <summary>Fits the distribution to the best candidates.</summary>
    /// <param name="candidates">[candidates, dimension].</param>
    /// <param name="fitness">[candidates].</param>
    /// <param name="elites">How many of them count.</param>
    /// <param name="extraVariance">Added to every variance.</param>
    /// <param name="mean">Receives the mean [dimension].</param>
    /// <param name="variance">Receives the variance [dimension], divided by the number of elites.</param>
    public static void Refit(
        ReadOnlySpan<float> candidates, ReadOnlySpan<double> fitness, int elites, double extraVariance, Span<float> mean, Span<float> variance)
    {
        int dimension = mean.Length;
        ReadOnlySpan<int> best = FitnessShaping.Order(fitness).AsSpan(fitness.Length - elites);
        for (int i = 0; i < dimension; i++)
        {
            double sum = 0, squares = 0;
            foreach (int candidate in best)
            {
                sum += candidates[(candidate * dimension) + i];
            }

            double centre = sum / elites;
            foreach (int candidate in best)
            {
                double distance = candidates[(candidate * dimension) + i] - centre;
                squares += distance * distance;
            }

            mean[i] = (float)centre;
            variance[i] = (float)((squares / elites) + extraVariance);
        }
    }

    /// <inheritdoc/>
    protected override long Iterate()
    {
        for (int candidate = 0; candidate < options.Population; candidate++)
        {
            Noise(candidate, noise);
            Span<float> values = Candidates.AsSpan(candidate * Dimension, Dimension);
            for (int i = 0; i < Dimension; i++)
            {
                values[i] = Mean[i] + (MathF.Sqrt(variance[i]) * noise[i]);
            }
        }

        long steps = JudgeAll(episodeSeedShift: 0);
        double extra = Math.Max(0, options.ExtraNoise * (1 - ((double)Iterations / options.ExtraNoiseIterations)));
        Refit(Candidates, Fitness, options.Elites, extra, Mean, variance);
        Metrics.Add("search/deviation", Math.Sqrt(variance.Average()));
        MeanToPolicy();
        return steps;
    }

    /// <inheritdoc/>
    protected override void TransferState(StateTransfer state)
    {
        base.TransferState(state);
        state.Values<float>(variance);
    }
}
