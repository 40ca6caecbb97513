using Proximal.Control.Environments;
using Proximal.Control.Policies;

namespace Proximal.Control.Evaluation;

/// <summary>Plays episodes with a policy.</summary>
public static class PolicyEvaluator
{
    /// <summary>Plays episodes, each with its own seed, and gives their returns in order. The result does not depend on how many are played at once.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="environment">The environment.</param>
    /// <param name="episodes">Number of episodes.</param>
    /// <param name="seed">Seed of the episodes and of sampled actions.</param>
    /// <param name="deterministic">Whether the most likely action is taken.</param>
    /// <param name="observer">Is given number, length and metrics of each episode that ends; null for nobody.</param>
    /// <returns>Return of every episode.</returns>
    public static double[] Returns(
        Policy policy, IEnvironment environment, int episodes, ulong seed, bool deterministic = true, Action<int, int, float[]>? observer = null)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(environment);
        ArgumentOutOfRangeException.ThrowIfLessThan(episodes, 1);
        using VectorEnvironment copies = environment.CreateVector(episodes);
        StepBatch batch = copies.CreateBatch();
        int metrics = copies.Specification.Metrics.Count, stateWidth = policy.StateWidth;
        float[] actions = new float[episodes * copies.Specification.Actions.Width], states = new float[episodes * stateWidth];
        double[] returns = new double[episodes];
        bool[] done = new bool[episodes];
        int remaining = episodes;
        copies.Reset(seed, batch);
        for (long step = 0; remaining > 0; step++)
        {
            policy.Act(new PolicyInput(episodes, batch.Observations, batch.ActionMasks, states, batch.Rewards), new ActionChoice(deterministic, seed, step), actions);
            copies.Step(actions, batch);
            for (int copy = 0; copy < episodes; copy++)
            {
                if (done[copy])
                {
                    continue;
                }

                returns[copy] += batch.Rewards[copy];
                if (batch.Ended(copy))
                {
                    done[copy] = true;
                    remaining--;
                    observer?.Invoke(copy, (int)step + 1, batch.Metrics.Slice(copy * metrics, metrics).ToArray());
                }
            }
        }

        return returns;
    }
}
