using Proximal.Tensors.Random;

namespace Proximal.Analysis.Statistics;

/// <summary>How likely a run of X beats a run of Y on a task drawn at random (Agarwal et al. 2021).</summary>
public static class ProbabilityOfImprovement
{
    /// <summary>Mean over tasks of P(X &gt; Y) + ½ P(X = Y). NaN without tasks.</summary>
    /// <param name="first">Scores of X. [tasks, firstRuns]</param>
    /// <param name="firstRuns">Runs of X on each task.</param>
    /// <param name="second">Scores of Y. [tasks, secondRuns]</param>
    /// <param name="secondRuns">Runs of Y on each task.</param>
    /// <exception cref="ArgumentException">The scores are not of the same tasks.</exception>
    public static double Compute(ReadOnlySpan<double> first, int firstRuns, ReadOnlySpan<double> second, int secondRuns)
    {
        int tasks = Tasks(first.Length, firstRuns, second.Length, secondRuns);
        double sum = 0;
        for (int task = 0; task < tasks; task++)
        {
            sum += RocCurve.Area(first.Slice(task * firstRuns, firstRuns), second.Slice(task * secondRuns, secondRuns));
        }

        return sum / tasks;
    }

    /// <summary><see cref="Compute"/> with a stratified bootstrap interval.</summary>
    /// <param name="first">Scores of X. [tasks, firstRuns]</param>
    /// <param name="firstRuns">Runs of X on each task.</param>
    /// <param name="second">Scores of Y. [tasks, secondRuns]</param>
    /// <param name="secondRuns">Runs of Y on each task.</param>
    /// <param name="seed">Seed of the resamples.</param>
    /// <param name="resamples">How many.</param>
    /// <param name="confidence">In (0, 1).</param>
    public static Estimate Interval(
        ReadOnlySpan<double> first,
        int firstRuns,
        ReadOnlySpan<double> second,
        int secondRuns,
        ulong seed = 0,
        int resamples = Bootstrap.DefaultResamples,
        double confidence = 0.95)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(resamples);
        Bootstrap.RequireConfidence(confidence);
        if (Tasks(first.Length, firstRuns, second.Length, secondRuns) == 0)
        {
            return Estimate.Unknown;
        }

        double[] replicates = new double[resamples], x = new double[first.Length], y = new double[second.Length];
        for (int b = 0; b < resamples; b++)
        {
            Bootstrap.Resample(first, firstRuns, new RandomStream(seed, RandomPurpose.Statistics, b, rollout: 0), x);
            Bootstrap.Resample(second, secondRuns, new RandomStream(seed, RandomPurpose.Statistics, b, rollout: 1), y);
            replicates[b] = Compute(x, firstRuns, y, secondRuns);
        }

        return Bootstrap.Percentile(Compute(first, firstRuns, second, secondRuns), replicates, confidence);
    }

    private static int Tasks(int first, int firstRuns, int second, int secondRuns)
    {
        Bootstrap.RequireTasks(first, firstRuns);
        Bootstrap.RequireTasks(second, secondRuns);
        return first / firstRuns == second / secondRuns
            ? first / firstRuns
            : throw new ArgumentException($"Scores of {first / firstRuns} tasks cannot be compared with scores of {second / secondRuns}.", nameof(secondRuns));
    }
}
