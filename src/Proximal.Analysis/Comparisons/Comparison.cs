using Proximal.Analysis.Curves;
using Proximal.Analysis.Statistics;

namespace Proximal.Analysis.Comparisons;

/// <summary>
/// Runs of several methods with several seeds, and what follows from them: scores with bootstrap intervals over seeds, the interquartile mean and the
/// probability of improvement over the first method (Agarwal et al. 2021, "Deep Reinforcement Learning at the Edge of the Statistical Precipice").
/// </summary>
public sealed class Comparison
{
    /// <summary>Confidence of all intervals.</summary>
    public const double Confidence = 0.95;

    /// <summary>Puts runs together.</summary>
    /// <param name="title">What was compared.</param>
    /// <param name="runs">The runs; methods stand in the order in which they come up, and the first is the baseline.</param>
    /// <param name="metric">The metric that decides; more is better.</param>
    /// <param name="metrics">Other metrics whose values at the end are listed.</param>
    /// <param name="curves">Metrics whose curves are drawn; those with fewer than three points in every run are left out.</param>
    /// <exception cref="ArgumentException">There are no runs, or two of one method and seed.</exception>
    public Comparison(string title, IReadOnlyList<MeasuredRun> runs, string metric, IReadOnlyList<string>? metrics = null, IReadOnlyList<string>? curves = null)
    {
        ArgumentNullException.ThrowIfNull(title);
        ArgumentNullException.ThrowIfNull(runs);
        ArgumentNullException.ThrowIfNull(metric);
        if (runs.Count == 0 || runs.DistinctBy(run => (run.Method, run.Seed)).Count() != runs.Count)
        {
            throw new ArgumentException("A comparison needs runs, each with a method and a seed of its own.", nameof(runs));
        }

        Title = title;
        Runs = runs;
        Metric = metric;
        Metrics = [.. (metrics ?? []).Where(other => other != metric && runs.Any(run => !double.IsNaN(run.Final(other))))];
        Curves = [.. (curves ?? [metric]).Distinct().Where(name => runs.Any(run => run.Curves.TryGetValue(name, out MetricCurve? curve) && curve.Steps.Count > 2))];
        Methods = [.. runs.Select(run => run.Method).Distinct()];
        Seeds = [.. runs.Select(run => run.Seed).Distinct().Order()];
        Summaries = [.. Methods.Select(Summarize)];
    }

    /// <summary>What was compared.</summary>
    public string Title { get; }

    /// <summary>All runs.</summary>
    public IReadOnlyList<MeasuredRun> Runs { get; }

    /// <summary>The metric that decides; more is better.</summary>
    public string Metric { get; }

    /// <summary>Other metrics whose values at the end are listed.</summary>
    public IReadOnlyList<string> Metrics { get; }

    /// <summary>Metrics whose curves are drawn.</summary>
    public IReadOnlyList<string> Curves { get; }

    /// <summary>The methods; the first is the baseline.</summary>
    public IReadOnlyList<string> Methods { get; }

    /// <summary>All seeds in rising order.</summary>
    public IReadOnlyList<int> Seeds { get; }

    /// <summary>What each method came to, in the order of <see cref="Methods"/>.</summary>
    public IReadOnlyList<MethodSummary> Summaries { get; }

    /// <summary>Sentences that a reader must know before the numbers: unequal terms, for instance. Told as warnings.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Sentences that help to read the numbers.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>In what each method differs from the baseline, by method.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Differences { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>What the number of seeds allows to say; null where intervals can be taken at their word.</summary>
    public string? Caution => Summaries.Max(summary => summary.Scores.Count) switch
    {
        0 => "No run is finished: there is nothing to compare yet.",
        1 => "With one seed there is no spread and no interval: differences between methods may be chance.",
        2 => "With two seeds the intervals mean little: they only span the two runs.",
        < 5 => "With fewer than five seeds bootstrap intervals are too narrow: take them as the spread that was seen.",
        _ => null,
    };

    /// <summary>The curve of a metric for each method, over its seeds.</summary>
    public IReadOnlyList<CurveSeries> Series(string metric) => [.. Methods.Select(method => Series(method, metric))];

    private CurveSeries Series(string method, string metric)
    {
        MetricCurve[] curves = [.. Runs.Where(run => run.Method == method).Select(run => run.Curves.GetValueOrDefault(metric)).OfType<MetricCurve>()];
        double[] steps = [.. curves.SelectMany(curve => curve.Steps).Distinct().Order()];
        return new CurveSeries(method, steps, [.. curves.Select(curve => Align(curve, steps))]);
    }

    /// <summary>The values at common steps, NaN where the run has none; of several at one step the last.</summary>
    private static double[] Align(MetricCurve curve, double[] steps)
    {
        double[] values = new double[steps.Length];
        Array.Fill(values, double.NaN);
        for (int i = 0; i < curve.Steps.Count; i++)
        {
            values[Array.BinarySearch(steps, curve.Steps[i])] = curve.Values[i];
        }

        return values;
    }

    private MethodSummary Summarize(string method)
    {
        MeasuredRun[] all = [.. Runs.Where(run => run.Method == method)];
        MeasuredRun[] finished = [.. all.Where(run => run.Failure is null).OrderBy(run => run.Seed)];
        double[] scores = Scores(finished);
        MeasuredRun[] baseline = [.. Runs.Where(run => run.Method == Methods[0] && run.Failure is null)];
        double[] others = Scores(baseline);
        double[] differences =
        [
            .. finished.SelectMany(run => baseline.Where(one => one.Seed == run.Seed).Select(one => run.Final(Metric) - one.Final(Metric))).Where(double.IsFinite),
        ];
        bool compares = method != Methods[0] && scores.Length > 0 && others.Length > 0;
        return new MethodSummary
        {
            Method = method,
            Scores = [.. finished.Select(run => (run.Seed, run.Final(Metric))).Where(score => double.IsFinite(score.Item2))],
            Failures = all.Length - finished.Length,
            Start = Mean(finished.Select(run => Start(run.Curves.GetValueOrDefault(Metric)))),
            Mean = Bootstrap.Interval(scores, Moments.Mean, confidence: Confidence),
            InterquartileMean = Bootstrap.Interval(scores, Statistics.InterquartileMean.Compute, confidence: Confidence),
            Difference = compares ? Bootstrap.Interval(differences, Moments.Mean, confidence: Confidence) : Estimate.Unknown,
            Improvement = compares && scores.Length > 1 && others.Length > 1 ? ProbabilityOfImprovement.Interval(scores, scores.Length, others, others.Length, confidence: Confidence) : Estimate.Unknown,
            Others =
            [
                .. Metrics.Select(metric => Bootstrap.Interval(finished.Select(run => run.Final(metric)).Where(double.IsFinite).ToArray(), Moments.Mean, confidence: Confidence)),
            ],
            SampledTokens = Mean(finished.Select(run => run.Total(MeasuredRun.SampledTokens))),
            TrainedTokens = Mean(finished.Select(run => run.Total(MeasuredRun.TrainedTokens))),
            Seconds = Mean(finished.Select(run => run.Seconds)),
            MethodSeconds = Mean(finished.Select(run => run.Total(MeasuredRun.StepSeconds))),
        };
    }

    private static double Start(MetricCurve? curve) => curve is { Values.Count: > 1 } ? curve.First : double.NaN;

    private double[] Scores(IEnumerable<MeasuredRun> runs) => [.. runs.Select(run => run.Final(Metric)).Where(double.IsFinite)];

    private static double Mean(IEnumerable<double> values) => Moments.Mean(values.Where(double.IsFinite).ToArray());
}
