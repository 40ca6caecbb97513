using Proximal.Recipes;
using Proximal.Rollouts;

namespace Proximal.Training;

/// <summary>Numbers without which training must not go on.</summary>
internal static class Finite
{
    /// <summary>The number itself.</summary>
    /// <param name="value">The number.</param>
    /// <param name="component">Whose it is.</param>
    /// <param name="step">Step, from 0.</param>
    /// <param name="what">What it is.</param>
    /// <exception cref="NonFiniteException">It is not finite.</exception>
    public static double Require(double value, string component, int step, string what) =>
        double.IsFinite(value) ? value : throw new NonFiniteException(component, step, FormattableString.Invariant($"{what} is {value}"));

    /// <summary>The batch itself.</summary>
    /// <param name="batch">Rollouts with their rewards.</param>
    /// <param name="step">Step, from 0.</param>
    /// <exception cref="NonFiniteException">A reward is not finite: names the term and the path, and brings the batch.</exception>
    public static RolloutBatch RequireRewards(RolloutBatch batch, int step)
    {
        for (int path = 0; path < batch.Trajectories.Count; path++)
        {
            foreach ((string term, float value) in batch.Trajectories[path].Rewards.Append(new("total", batch.Trajectories[path].TotalReward)))
            {
                if (!float.IsFinite(value))
                {
                    string what = FormattableString.Invariant($"reward of path {path} is {value}");
                    throw new NonFiniteException($"{Seam.Rewards} '{term}'", step, what) { Batch = batch };
                }
            }
        }

        return batch;
    }
}
