using Proximal.Control.Data;
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
        return Returns(Controllers.From(policy, deterministic, seed), environment, episodes, seed, observer);
    }

    /// <summary>Plays episodes with whatever chooses actions, each with its own seed, and gives their returns in order.</summary>
    /// <param name="controller">Who acts.</param>
    /// <param name="environment">The environment.</param>
    /// <param name="episodes">Number of episodes, all played at once.</param>
    /// <param name="seed">Seed of the episodes.</param>
    /// <param name="observer">Is given number, length and metrics of each episode that ends; null for nobody.</param>
    /// <returns>Return of every episode.</returns>
    public static double[] Returns(Controller controller, IEnvironment environment, int episodes, ulong seed, Action<int, int, float[]>? observer = null)
    {
        ArgumentNullException.ThrowIfNull(controller);
        ArgumentNullException.ThrowIfNull(environment);
        ArgumentOutOfRangeException.ThrowIfLessThan(episodes, 1);
        using VectorEnvironment copies = environment.CreateVector(episodes);
        StepBatch batch = copies.CreateBatch();
        int metrics = copies.Specification.Metrics.Count;
        float[] actions = new float[episodes * copies.Specification.Actions.Width];
        double[] returns = new double[episodes];
        bool[] done = new bool[episodes];
        int remaining = episodes;
        copies.Reset(seed, batch);
        for (long step = 0; remaining > 0; step++)
        {
            controller(batch, actions);
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
