namespace Proximal.Analysis.Health.Rules;

/// <summary>What rules ask about the share of right rollouts: a number that falls is no disease while the policy gets better, or when it has nothing left to learn.</summary>
internal static class Progress
{
    public const string Metric = "reward/exact";

    /// <summary>From this share on nearly every rollout is right: low entropy and groups without variance are then what success looks like.</summary>
    private const double Solved = 0.9;

    /// <summary>Two points of a hundred: less is within the noise of a few hundred rollouts a window.</summary>
    private const double Noise = 0.02;

    extension(RunEvidence run)
    {
        /// <summary>Share of right rollouts; null where the run does not tell.</summary>
        public MetricSeries? Exact => run.Series(Metric);

        /// <summary>Whether the task is as good as solved at the end.</summary>
        public bool IsSolved => run.Exact is { } exact && exact.Late >= Solved;

        /// <summary>Whether the share still rises at the end.</summary>
        public bool IsRising => run.Exact is { } exact && exact.Late - exact.Previous > Noise;

        /// <summary>Whether the share is higher at the end than it was at the beginning.</summary>
        public bool HasImproved => run.Exact is { } exact && exact.Late - exact.Early > Noise;

        /// <summary>Whether the share is higher at the end than it was in the middle.</summary>
        public bool HasImprovedLately => run.Exact is { } exact && exact.Late - exact.Middle > Noise;

        /// <summary>Share of right rollouts at the end; NaN where the run does not tell.</summary>
        public double LateExact => run.Exact?.Late ?? double.NaN;
    }

    /// <summary>A part of a sentence on the share of right rollouts, with a comma before it; empty where the run does not tell.</summary>
    public static string Describe(RunEvidence run) => run.Exact is { } exact ? FormattableString.Invariant($", while the share of right rollouts went from {exact.Early:0.000} to {exact.Late:0.000}") : "";
}
