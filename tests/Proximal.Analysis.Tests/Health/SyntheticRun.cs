using Proximal.Analysis.Health;
using Proximal.Runs;
using Proximal.Tensors.Random;

namespace Proximal.Analysis.Tests.Health;

/// <summary>The metrics of a healthy run of 100 steps with noise, of which a test makes single ones ill.</summary>
internal sealed class SyntheticRun
{
    public const int Steps = 100;

    private readonly Dictionary<string, Func<double, double>> curves = new(StringComparer.Ordinal)
    {
        ["reward/mean"] = t => 0.3 + (0.5 * t),
        ["reward/exact"] = t => 0.3 + (0.5 * t),
        ["reward/term/score"] = t => 0.3 + (0.5 * t),
        ["policy/entropy"] = t => 1 - (0.5 * t),
        ["policy/kl"] = _ => 0.002,
        ["reference/kl"] = t => 0.1 * t,
        ["ratio/mean"] = _ => 1,
        ["ratio/largest"] = _ => 2,
        ["clip/fraction"] = _ => 0.05,
        ["response/tokens"] = t => 20 + (2 * t),
        ["response/truncated"] = _ => 0.02,
        ["groups/zero-variance"] = t => 0.3 + (0.3 * t),
        ["groups/never-solved"] = t => 0.3 - (0.2 * t),
        ["groups/always-solved"] = t => 0.5 * t,
        ["likelihood/right"] = t => -0.5 + (0.3 * t),
        ["likelihood/right-shift"] = _ => 0.005,
        ["gradient/norm"] = t => 1 - (0.5 * t),
        ["optimizer/left-out"] = _ => 0,
        ["exactness/largest-mismatch"] = _ => 0,
        ["episode/lookups"] = t => 1 + t,
        ["episode/misses"] = t => 0.5 - (0.3 * t),
        ["task/sums-1/exact"] = t => 0.6 + (0.3 * t),
        ["task/sums-2/exact"] = t => 0.2 * t,
    };

    private readonly Dictionary<(string Name, int Step), double> single = [];

    /// <summary>Recorded rollouts.</summary>
    public List<RolloutRecord> Rollouts { get; } = [];

    /// <summary>Makes a metric another one over the progress from 0 to 1.</summary>
    public SyntheticRun With(string metric, Func<double, double> curve)
    {
        curves[metric] = curve;
        return this;
    }

    /// <summary>Takes a metric away.</summary>
    public SyntheticRun Without(string metric)
    {
        curves.Remove(metric);
        return this;
    }

    /// <summary>Sets a metric at one step.</summary>
    public SyntheticRun At(string metric, int step, double value)
    {
        single[(metric, step)] = value;
        return this;
    }

    /// <summary>Adds a recorded prompt with rollouts.</summary>
    public SyntheticRun Record(int step, string prompt, params (bool Correct, float Reward, string Response)[] paths)
    {
        Rollouts.Add(new RolloutRecord
        {
            Step = step,
            Group = 0,
            Prompt = prompt,
            Expected = "",
            Family = "",
            Difficulty = 1,
            Rollouts = paths.Length,
            Segments = [],
            Paths = [.. paths.Select(path => new RecordedPath
            {
                Leaf = 0,
                End = path.Response.EndsWith("...", StringComparison.Ordinal) ? "truncated" : "finished",
                Correct = path.Correct,
                Score = path.Correct ? 1 : 0,
                Reward = path.Reward,
                Terms = new Dictionary<string, float>(),
                Counters = new Dictionary<string, double>(),
                Response = path.Response,
                IsForeign = false,
                Columns = new Dictionary<string, float[]>(),
            })],
        });
        return this;
    }

    /// <summary>The metrics of one step, from 1.</summary>
    public IReadOnlyList<Metric> Metrics(int step)
    {
        double progress = (step - 1) / (Steps - 1.0);
        return
        [
            .. curves.Select((curve, index) => new Metric(
                curve.Key,
                single.TryGetValue((curve.Key, step), out double value) ? value : curve.Value(progress) * (1 + (0.02 * new RandomStream(1, RandomPurpose.User, index).Normal(step))))),
        ];
    }

    /// <summary>The evidence of the first steps.</summary>
    public RunEvidence Evidence(int steps = Steps)
    {
        RunEvidence evidence = new(Rollouts);
        for (int step = 1; step <= steps; step++)
        {
            evidence.Add(TrainingStage.Policy, step, Metrics(step));
        }

        return evidence;
    }

    public IReadOnlyList<Finding> Examine(int steps = Steps) => Doctor.Examine(Evidence(steps));
}
