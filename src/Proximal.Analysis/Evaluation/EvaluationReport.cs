using Proximal.Analysis.Diagnostics;
using Proximal.Analysis.Statistics;

namespace Proximal.Analysis.Evaluation;

/// <summary>
/// What sampled responses say about a policy. Every metric is the mean over problems of the mean over the samples of a problem (pass@1 is
/// also called avg@n), with a bootstrap interval over problems; a share that is 0 or 1 on every problem is one proportion and gets
/// the Wilson interval. Problems without samples count nowhere.
/// </summary>
public sealed class EvaluationReport
{
    private EvaluationReport(IReadOnlyList<EvaluationMetric> metrics, int problems, int samples, GroupHealth health, double confidence)
    {
        Metrics = metrics;
        Problems = problems;
        Samples = samples;
        Health = health;
        Confidence = confidence;
    }

    /// <summary>pass@1, other pass@k, maj@k, exact match if there are references, reward, length and truncated share, in this order.</summary>
    public IReadOnlyList<EvaluationMetric> Metrics { get; }

    /// <summary>Problems with samples.</summary>
    public int Problems { get; }

    /// <summary>All samples.</summary>
    public int Samples { get; }

    /// <summary>How many problems still can teach: a problem is a group.</summary>
    public GroupHealth Health { get; }

    /// <summary>Confidence level of the intervals.</summary>
    public double Confidence { get; }

    /// <summary>Evaluates the outcomes.</summary>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    public static EvaluationReport Compute(IReadOnlyList<ProblemOutcome> problems, EvaluationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(problems);
        options ??= new EvaluationOptions();
        options.Validate();
        ProblemOutcome[] sampled = [.. problems.Where(static problem => problem.Samples.Count > 0)];

        List<EvaluationMetric> metrics = [PassMetric(sampled, 1, options)];
        metrics.AddRange(options.PassK.Where(static k => k != 1).Distinct().Order().Select(k => PassMetric(sampled, k, options)));
        metrics.AddRange(options.MajorityK.Distinct().Order().Select(k => MajorityMetric(sampled, k, options)));
        ProblemOutcome[] referenced = [.. sampled.Where(static problem => problem.Reference is not null)];
        if (referenced.Length > 0)
        {
            metrics.Add(MeanMetric("exact match", referenced, static (problem, sample) => sample.Answer == problem.Reference ? 1 : 0, true, options));
        }

        metrics.Add(MeanMetric("reward", sampled, static (_, sample) => sample.Reward, false, options));
        metrics.Add(MeanMetric("length", sampled, static (_, sample) => sample.Length, false, options));
        metrics.Add(MeanMetric("truncated", sampled, static (_, sample) => sample.Truncated ? 1 : 0, true, options));
        return new EvaluationReport(metrics, sampled.Length, sampled.Sum(static problem => problem.Samples.Count), HealthOf(sampled), options.Confidence);
    }

    /// <summary>The metric of a name.</summary>
    /// <exception cref="KeyNotFoundException">The report has none of this name.</exception>
    public EvaluationMetric Metric(string name) => Metrics.FirstOrDefault(metric => metric.Name == name)
        ?? throw new KeyNotFoundException($"No metric '{name}'; there are {string.Join(", ", Metrics.Select(static metric => metric.Name))}.");

    private static EvaluationMetric PassMetric(ProblemOutcome[] problems, int k, EvaluationOptions options) => Summarize(
        $"pass@{k}",
        [.. Enough(problems, k).Select(problem => PassAtK.Compute(problem.Samples.Count, problem.Samples.Count(static sample => sample.Correct), k))],
        true,
        options);

    private static EvaluationMetric MajorityMetric(ProblemOutcome[] problems, int k, EvaluationOptions options) => Summarize(
        $"maj@{k}",
        [.. Enough(problems, k).Select(problem => MajorityAtK.Compute(
            problem.Samples.Select(static sample => sample.Answer).ToArray(),
            problem.Samples.Select(static sample => sample.Correct).ToArray(),
            k,
            options.Seed))],
        true,
        options);

    private static EvaluationMetric MeanMetric(
        string name, ProblemOutcome[] problems, Func<ProblemOutcome, SampleOutcome, double> value, bool isShare, EvaluationOptions options) =>
        Summarize(name, [.. problems.Select(problem => problem.Samples.Average(sample => value(problem, sample)))], isShare, options);

    private static IEnumerable<ProblemOutcome> Enough(ProblemOutcome[] problems, int k) => problems.Where(problem => problem.Samples.Count >= k);

    private static EvaluationMetric Summarize(string name, double[] values, bool isShare, EvaluationOptions options)
    {
        Estimate estimate = isShare && Array.TrueForAll(values, static value => value is 0 or 1)
            ? Wilson.Interval((long)values.Sum(), values.Length, options.Confidence)
            : Bootstrap.Interval(values, Moments.Mean, options.Seed, options.Resamples, options.Confidence);
        return new EvaluationMetric(name, estimate, values.Length, isShare);
    }

    private static GroupHealth HealthOf(ProblemOutcome[] problems)
    {
        List<double> rewards = [];
        List<bool> correct = [];
        List<int> offsets = [0];
        foreach (ProblemOutcome problem in problems)
        {
            rewards.AddRange(problem.Samples.Select(static sample => sample.Reward));
            correct.AddRange(problem.Samples.Select(static sample => sample.Correct));
            offsets.Add(rewards.Count);
        }

        return GroupHealth.Compute(rewards.ToArray(), correct.ToArray(), offsets.ToArray());
    }
}
