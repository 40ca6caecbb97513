using Proximal.Analysis.Statistics;

namespace Proximal.Analysis.Evaluation;

/// <summary>What an evaluation reports.</summary>
public sealed record EvaluationOptions
{
    /// <summary>The k of pass@k beside 1. A problem with fewer samples is left out of that k.</summary>
    public IReadOnlyList<int> PassK { get; init; } = [];

    /// <summary>The k of maj@k. A problem with fewer samples is left out of that k.</summary>
    public IReadOnlyList<int> MajorityK { get; init; } = [];

    /// <summary>Confidence level of the intervals, in (0, 1).</summary>
    public double Confidence { get; init; } = 0.95;

    /// <summary>Resamples of the bootstrap.</summary>
    public int Resamples { get; init; } = Bootstrap.DefaultResamples;

    /// <summary>Seed of the bootstrap and of Monte-Carlo votes.</summary>
    public ulong Seed { get; init; }

    internal void Validate()
    {
        foreach (int k in PassK.Concat(MajorityK))
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        }

        Bootstrap.RequireConfidence(Confidence);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Resamples);
    }
}
