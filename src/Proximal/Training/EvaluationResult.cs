using System.Collections.Immutable;
using Proximal.Environments;
using Proximal.Rollouts;

namespace Proximal.Training;

/// <summary>How a policy does on held-out problems.</summary>
public sealed record EvaluationResult
{
    /// <summary>When it was measured, as <c>before</c>, <c>supervised 20</c>, <c>after supervised</c>, <c>policy 20</c> or <c>after policy</c>.</summary>
    public required string Label { get; init; }

    /// <summary>Number of problems.</summary>
    public required int Problems { get; init; }

    /// <summary>Samples of each problem.</summary>
    public required int Samples { get; init; }

    /// <summary>Temperature of the samples; 0 is greedy.</summary>
    public required double Temperature { get; init; }

    /// <summary>Share of samples that are exactly right.</summary>
    public required double Exact { get; init; }

    /// <summary>Mean total reward.</summary>
    public required double Reward { get; init; }

    /// <summary>Mean tokens of a response.</summary>
    public required double ResponseTokens { get; init; }

    /// <summary>Share of samples that the token budget cut off.</summary>
    public required double Truncated { get; init; }

    /// <summary>
    /// What the environment counted: the mean of each counter over all samples by its name, then <see cref="Environments.IEnvironment.Ratios"/> that have something below them; empty where it counts nothing.
    /// </summary>
    public IReadOnlyDictionary<string, double> Counters { get; init; } = ImmutableDictionary<string, double>.Empty;

    /// <summary>A few answers, for people.</summary>
    public required IReadOnlyList<SampleAnswer> Answers { get; init; }

    internal static EvaluationResult From(string label, RolloutBatch batch, int samples, double temperature, int answers, IReadOnlyList<CounterRatio> ratios)
    {
        IReadOnlyList<Trajectory> all = batch.Trajectories;
        return new EvaluationResult
        {
            Label = label,
            Problems = batch.Trees.Count,
            Samples = samples,
            Temperature = temperature,
            Exact = all.Average(t => t.Verdict.Correct ? 1.0 : 0.0),
            Reward = all.Average(t => (double)t.TotalReward),
            ResponseTokens = all.Average(t => (double)t.ResponseTokens),
            Truncated = all.Average(t => t.End == Models.Generation.EndReason.Truncated ? 1.0 : 0.0),
            Counters = Count(all, ratios),
            Answers = [.. all.Where((_, i) => i % samples == 0).Take(answers).Select(SampleAnswer.From)],
        };
    }

    private static Dictionary<string, double> Count(IReadOnlyList<Trajectory> all, IReadOnlyList<CounterRatio> ratios)
    {
        Dictionary<string, double> counters = all[0].Counters.Keys.ToDictionary(name => name, Mean, StringComparer.Ordinal);
        foreach (CounterRatio ratio in ratios)
        {
            double whole = ratio.Whole == CounterRatio.RightAnswers ? all.Average(t => t.Verdict.Correct ? 1.0 : 0.0) : Mean(ratio.Whole);
            if (whole > 0)
            {
                counters[ratio.Name] = Mean(ratio.Part) / whole;
            }
        }

        return counters;

        double Mean(string counter) => all.Average(t => t.Counters.GetValueOrDefault(counter));
    }
}
