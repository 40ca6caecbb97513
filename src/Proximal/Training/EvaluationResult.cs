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

    /// <summary>A few answers, for people.</summary>
    public required IReadOnlyList<SampleAnswer> Answers { get; init; }

    internal static EvaluationResult From(string label, RolloutBatch batch, int samples, double temperature, int answers)
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
            Answers = [.. all.Where((_, i) => i % samples == 0).Take(answers).Select(SampleAnswer.From)],
        };
    }
}
