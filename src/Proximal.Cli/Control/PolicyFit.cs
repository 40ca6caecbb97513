using Proximal.Cli.Training;
using Proximal.Control.Environments;
using Proximal.Control.Policies;
using Proximal.Runs;

namespace Proximal.Cli.Control;

/// <summary>Whether a policy can act in an environment.</summary>
internal static class PolicyFit
{
    /// <summary>Refuses an environment of other spaces.</summary>
    /// <exception cref="CommandFailure">The policy cannot act in it.</exception>
    public static void Require(Policy policy, RunFolder run, IEnvironment environment, string name)
    {
        EnvironmentSpecification has = environment.Specification;
        if (policy.Observations.Width != has.Observations.Width || policy.Actions.ToString() != has.Actions.ToString())
        {
            throw new CommandFailure(
                $"{name} has observations {has.Observations} and actions {has.Actions}, expected {policy.Observations} and {policy.Actions}, for which {TrainingText.Place(run.Path)} was trained");
        }
    }
}
