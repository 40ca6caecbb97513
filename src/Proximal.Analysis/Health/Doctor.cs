using Proximal.Analysis.Health.Rules;
using Proximal.Runs;

namespace Proximal.Analysis.Health;

/// <summary>Examines runs of policy optimization for what commonly goes wrong with them.</summary>
public static class Doctor
{
    /// <summary>The rules, in the order in which they are told.</summary>
    public static IReadOnlyList<IHealthRule> Rules { get; } =
    [
        new SamplerMismatch(),
        new GradientSpikes(),
        new RatioDrift(),
        new ClipSaturation(),
        new DivergenceRunaway(),
        new EntropyCollapse(),
        new LikelihoodDisplacement(),
        new RewardDisagreement(),
        new LengthInflation(),
        new OverlongTruncation(),
        new DeadTools(),
        new ZeroVarianceGroups(),
        new NeverSolvedPrompts(),
        new AlwaysSolvedPrompts(),
    ];

    /// <summary>Examines a run, finished or going on.</summary>
    /// <returns>The findings, the most severe first; empty for a healthy run and for one that is too short to tell.</returns>
    /// <exception cref="InvalidDataException">A file of the run is damaged; names file and line.</exception>
    public static IReadOnlyList<Finding> Examine(RunReader run) => Examine(RunEvidence.Read(run));

    /// <summary>Examines evidence.</summary>
    /// <returns>The findings, the most severe first.</returns>
    public static IReadOnlyList<Finding> Examine(RunEvidence evidence)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        return [.. Rules.Select(rule => rule.Examine(evidence)).OfType<Finding>().OrderByDescending(finding => finding.Severity)];
    }
}
