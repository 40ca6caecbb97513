using Proximal.Tensors.Random;

namespace Proximal.Analysis.Statistics;

/// <summary>
/// Confidence intervals by resampling (Efron 1979): percentile intervals from resamples that the seed alone determines. Unknown without values.
/// </summary>
public static class Bootstrap
{
    /// <summary>Resamples when nothing else is said.</summary>
    public const int DefaultResamples = 2000;

    /// <summary>Interval of a statistic of one sample, for instance over problems.</summary>
    /// <param name="values">One value per problem. [problems]</param>
    /// <param name="statistic">For instance <see cref="Moments.Mean"/>.</param>
    /// <param name="seed">Seed of the resamples.</param>
    /// <param name="resamples">How many.</param>
    /// <param name="confidence">In (0, 1).</param>
    public static Estimate Interval(
        ReadOnlySpan<double> values, Statistic statistic, ulong seed = 0, int resamples = DefaultResamples, double confidence = 0.95) =>
        StratifiedInterval(values, values.Length, statistic, seed, resamples, confidence);

    /// <summary>
    /// Interval of a statistic of scores of several runs on several tasks: runs are resampled within each task, so every task keeps its weight
    /// (Agarwal et al. 2021, "Deep Reinforcement Learning at the Edge of the Statistical Precipice").
    /// </summary>
    /// <param name="scores">Scores, the runs of a task together. [tasks, runs]</param>
    /// <param name="runs">Runs of each task.</param>
    /// <param name="statistic">For instance <see cref="InterquartileMean.Compute"/>; sees all scores.</param>
    /// <param name="seed">Seed of the resamples.</param>
    /// <param name="resamples">How many.</param>
    /// <param name="confidence">In (0, 1).</param>
    /// <exception cref="ArgumentException">The scores do not divide into tasks.</exception>
    public static Estimate StratifiedInterval(
        ReadOnlySpan<double> scores, int runs, Statistic statistic, ulong seed = 0, int resamples = DefaultResamples, double confidence = 0.95)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(resamples);
        RequireConfidence(confidence);
        if (scores.IsEmpty)
        {
            return Estimate.Unknown;
        }

        RequireTasks(scores.Length, runs);
        double[] replicates = new double[resamples];
        double[] resample = new double[scores.Length];
        for (int b = 0; b < resamples; b++)
        {
            Resample(scores, runs, new RandomStream(seed, RandomPurpose.Statistics, b), resample);
            replicates[b] = statistic(resample);
        }

        return Percentile(statistic(scores), replicates, confidence);
    }

    internal static void RequireTasks(int scores, int runs)
    {
        if (runs <= 0 || scores % runs != 0)
        {
            throw new ArgumentException($"{scores} scores do not divide into tasks of {runs} runs.", nameof(runs));
        }
    }

    internal static void Resample(ReadOnlySpan<double> scores, int runs, RandomStream random, Span<double> resample)
    {
        for (int i = 0; i < scores.Length; i++)
        {
            resample[i] = scores[i - (i % runs) + random.Integer(i, runs)];
        }
    }

    internal static Estimate Percentile(double value, double[] replicates, double confidence)
    {
        Array.Sort(replicates);
        double tail = (1 - confidence) / 2;
        return double.IsNaN(value)
            ? Estimate.Unknown
            : new Estimate(value, Quantiles.LinearOfSorted(replicates, tail), Quantiles.LinearOfSorted(replicates, 1 - tail));
    }

    internal static double RequireConfidence(double confidence) => confidence is > 0 and < 1
        ? confidence
        : throw new ArgumentOutOfRangeException(nameof(confidence), confidence, "A confidence level lies in (0, 1).");
}
