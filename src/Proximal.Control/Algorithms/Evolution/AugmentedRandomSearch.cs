using System.Globalization;
using Proximal.Control.Environments;
using Proximal.Control.Recipes;
using Proximal.Recipes;

namespace Proximal.Control.Algorithms.Evolution;

/// <summary>
/// Augmented random search (Mania, Guy and Recht 2018, V2-t): a linear policy of scaled observations that begins at zero. Each of N directions e_i is tried as
/// theta + nu e_i and theta - nu e_i; of the b with the largest max(r_i+, r_i-), theta = theta + alpha / (b s) sum_i (r_i+ - r_i-) e_i, where s is the standard
/// deviation of their 2 b returns. Actions of a box go through tanh into its bounds, instead of being cut.
/// </summary>
public sealed class AugmentedRandomSearch : EvolutionLearner
{
    private readonly AugmentedRandomSearchOptions options;
    private readonly float[] noises;

    /// <summary>Prepares a search.</summary>
    /// <param name="environment">An environment with a step limit.</param>
    /// <param name="options">Settings.</param>
    /// <exception cref="ArgumentException">The environment has no step limit, or actions that a network policy cannot give.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A setting is outside its range.</exception>
    public AugmentedRandomSearch(IEnvironment environment, AugmentedRandomSearchOptions? options = null)
        : base(environment, options ??= new AugmentedRandomSearchOptions(), 2 * options.Directions)
    {
        this.options = options;
        noises = new float[checked(options.Directions * Dimension)];
        if (options.Hidden.Count == 0)
        {
            Mean.AsSpan().Clear();
            MeanToPolicy();
        }
    }

    internal static ComponentDefinition<Algorithm, AugmentedRandomSearchOptions> Definition { get; } = new(
        new ComponentInfo(
            "augmented-random-search",
            Seam.Algorithms,
            "Moves a linear policy along the random directions that make the largest difference.",
            "theta = theta + alpha / (b s) sum_i (r_i+ - r_i-) e_i over the b directions with the largest max(r_i+, r_i-), s = deviation of their returns",
            "Mania, Guy and Recht 2018, \"Simple random search provides a competitive approach to reinforcement learning\""),
        AugmentedRandomSearchOptions.Schema,
        options => new Algorithm(
            ActionKinds.All, task => new AugmentedRandomSearch(task.Environment, options with { Seed = task.Seed, Workers = task.Workers.Count }))
        {
            Arithmetic = steps => Explain(
                2L * options.Directions,
                options.EpisodesPerCandidate,
                string.Create(CultureInfo.InvariantCulture, $"makes one step along the best {Math.Min(options.BestDirections, options.Directions)} directions"),
                steps),
        });

    /// <summary>The step 1 / (b s) sum_i (r_i+ - r_i-) e_i over the b directions with the largest max(r_i+, r_i-); nothing where all their returns are alike.</summary>
    /// <param name="returns">r+ of every direction, then r- [2 directions].</param>
    /// <param name="noises">e [directions, dimension].</param>
    /// <param name="best">b, at most the number of directions.</param>
    /// <param name="step">Receives the step [dimension].</param>
    public static void Step(ReadOnlySpan<double> returns, ReadOnlySpan<float> noises, int best, Span<float> step)
    {
        int directions = returns.Length / 2;
        double[] larger = new double[directions];
        for (int i = 0; i < directions; i++)
        {
            larger[i] = Math.Max(returns[i], returns[directions + i]);
        }

        ReadOnlySpan<int> chosen = FitnessShaping.Order(larger).AsSpan(directions - best);
        double mean = 0, squares = 0;
        foreach (int i in chosen)
        {
            mean += (returns[i] + returns[directions + i]) / (2 * best);
        }

        foreach (int i in chosen)
        {
            double up = returns[i] - mean, down = returns[directions + i] - mean;
            squares += ((up * up) + (down * down)) / (2 * best);
        }

        step.Clear();
        if (squares == 0)
        {
            return;
        }

        double scale = 1 / (best * Math.Sqrt(squares));
        foreach (int i in chosen)
        {
            float weight = (float)(scale * (returns[i] - returns[directions + i]));
            ReadOnlySpan<float> noise = noises.Slice(i * step.Length, step.Length);
            for (int k = 0; k < step.Length; k++)
            {
                step[k] += weight * noise[k];
            }
        }
    }

    /// <inheritdoc/>
    protected override long Iterate()
    {
        int directions = options.Directions;
        float deviation = (float)options.NoiseDeviation;
        for (int direction = 0; direction < directions; direction++)
        {
            Span<float> noise = noises.AsSpan(direction * Dimension, Dimension);
            Noise(direction, noise);
            Span<float> plus = Candidates.AsSpan(direction * Dimension, Dimension), minus = Candidates.AsSpan((directions + direction) * Dimension, Dimension);
            for (int i = 0; i < Dimension; i++)
            {
                plus[i] = Mean[i] + (deviation * noise[i]);
                minus[i] = Mean[i] - (deviation * noise[i]);
            }
        }

        long steps = JudgeAll(episodeSeedShift: directions);
        Span<float> step = Candidates.AsSpan(0, Dimension);
        Step(Fitness, noises, Math.Min(options.BestDirections, directions), step);
        for (int i = 0; i < Dimension; i++)
        {
            Mean[i] += (float)options.StepSize * step[i];
        }

        MeanToPolicy();
        return steps;
    }
}
