using Proximal.Control.Data;
using Proximal.Control.Environments;
using Proximal.Control.Evaluation;
using Proximal.Control.Policies;

namespace Proximal.Cli.Control;

/// <summary>The mean returns that normalized scores are measured by.</summary>
internal static class ReturnOf
{
    private const int Episodes = 100;

    /// <summary>Of uniform actions.</summary>
    public static double Random(IEnvironment environment, ulong seed) =>
        PolicyEvaluator.Returns(Controllers.Random(environment.Specification, seed), environment, Episodes, seed).Average();

    /// <summary>Of the most likely actions of a policy.</summary>
    public static double Policy(Policy policy, IEnvironment environment, ulong seed) => PolicyEvaluator.Returns(policy, environment, Episodes, seed).Average();
}
