using Proximal.Control.Environments;
using Proximal.Control.Evaluation;
using Proximal.Control.Policies;

namespace Proximal.Control.Runs;

/// <summary>Tries policies on episodes that they do not learn from.</summary>
public static class ControlEvaluator
{
    /// <summary>Plays episodes.</summary>
    /// <param name="label">When it is measured.</param>
    /// <param name="policy">The policy.</param>
    /// <param name="environment">The environment.</param>
    /// <param name="episodes">Number of episodes.</param>
    /// <param name="seed">Seed of the recipe, or another one; the episodes differ from those that are learned from with the same seed.</param>
    /// <param name="deterministic">Whether the most likely action is taken instead of a sampled one.</param>
    /// <exception cref="EnvironmentException">The environment broke its contract.</exception>
    public static ControlEvaluation Evaluate(string label, Policy policy, IEnvironment environment, int episodes, int seed, bool deterministic)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(environment);
        IReadOnlyList<string> names = environment.Specification.Metrics;
        double[] sums = new double[names.Count];
        double steps = 0;
        double[] returns = PolicyEvaluator.Returns(policy, environment, episodes, EpisodeSeed(seed), deterministic, (_, length, metrics) =>
        {
            steps += length;
            for (int i = 0; i < sums.Length; i++)
            {
                sums[i] += metrics[i];
            }
        });
        return new ControlEvaluation
        {
            Label = label,
            Returns = returns,
            Length = steps / episodes,
            Metrics = [.. names.Select((name, i) => (name, sums[i] / episodes))],
        };
    }

    /// <summary>The seed of episodes that are not learned from: seeds of recipes have 31 bits, and these one more.</summary>
    public static ulong EpisodeSeed(int seed) => (1UL << 32) | (uint)seed;
}
