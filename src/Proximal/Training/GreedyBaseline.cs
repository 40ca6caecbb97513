using Proximal.Rollouts;
using Proximal.Tasks;
using Proximal.Tensors.Random;

namespace Proximal.Training;

/// <summary>Rewards of one greedy rollout a prompt, for baselines that need them (ReMax).</summary>
internal sealed class GreedyBaseline(IRollouts greedy)
{
    public void Fill(RolloutBatch batch, ulong seed, int step)
    {
        TaskInstance[] instances = new TaskInstance[batch.Trees.Count];
        for (int group = 0; group < instances.Length; group++)
        {
            instances[group] = batch.Trajectories[batch.Paths.GroupOffsets[group]].Instance;
        }

        RolloutBatch baseline = Finite.RequireRewards(greedy.Generate(instances, new RolloutRequest(1, seed, RandomPurpose.Sampling, step)), step);
        baseline.Paths.Rewards.CopyTo(batch.Paths.GreedyRewards);
    }
}
