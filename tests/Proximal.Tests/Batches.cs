using Proximal.Rollouts;
using Proximal.Tensors.Random;

namespace Proximal.Tests;

/// <summary>Batches for tests.</summary>
internal static class Batches
{
    /// <summary>Groups of paths with the given numbers of policy tokens, mask 1 everywhere.</summary>
    public static PathBatch Create(params int[][] lengths)
    {
        List<int> paths = [0], groups = [0];
        foreach (int[] group in lengths)
        {
            foreach (int length in group)
            {
                paths.Add(paths[^1] + length);
            }

            groups.Add(paths.Count - 1);
        }

        PathBatch batch = new(paths.ToArray(), groups.ToArray()) { ResponseBudget = 16 };
        batch.Mask.Fill(1);
        batch.ResetWeights();
        return batch;
    }

    /// <summary>One group with one-token paths and these rewards.</summary>
    public static PathBatch WithRewards(params float[] rewards)
    {
        PathBatch batch = Create(Enumerable.Repeat(1, rewards.Length).ToArray());
        rewards.CopyTo(batch.Rewards);
        rewards.CopyTo(batch.Scores);
        rewards.CopyTo(batch.TokenReward);
        return batch;
    }

    /// <summary>Groups of one-token paths with these rewards.</summary>
    public static PathBatch WithGroups(params float[][] rewards)
    {
        PathBatch batch = Create([.. rewards.Select(group => Enumerable.Repeat(1, group.Length).ToArray())]);
        float[] all = [.. rewards.SelectMany(group => group)];
        all.CopyTo(batch.Rewards);
        all.CopyTo(batch.Scores);
        all.CopyTo(batch.TokenReward);
        return batch;
    }

    /// <summary>Groups, three where none are given, with observation tokens, random columns and an off-policy policy.</summary>
    public static PathBatch Random(ulong seed, double spread = 0.4, params int[][] lengths)
    {
        PathBatch batch = Create(lengths.Length > 0 ? lengths : [[4, 7, 1], [5, 9], [3, 6, 2, 8]]);
        RandomStream random = new(seed, RandomPurpose.User);
        batch.Seed = seed;
        int k = 0;
        for (int t = 0; t < batch.TokenCount; t++)
        {
            batch.Mask[t] = random.Uniform(100_000 + t) < 0.2 ? 0 : 1;
            batch.Old[t] = (float)(-0.1 - (2 * random.Uniform(k++)));
            batch.Current[t] = batch.Old[t] + (float)(spread * random.Normal(200_000 + k));
            batch.Behaviour[t] = batch.Old[t] + (float)(0.3 * random.Normal(300_000 + k));
            batch.Reference[t] = batch.Old[t] + (float)(0.5 * random.Normal(400_000 + k));
            batch.Entropy[t] = (float)(2 * random.Uniform(500_000 + k));
            batch.FullDivergence[t] = (float)random.Uniform(600_000 + k);
            batch.Advantage[t] = batch.Mask[t] * (float)random.Normal(700_000 + k);
        }

        batch.ResetWeights();
        for (int t = 0; t < batch.TokenCount; t += 5)
        {
            batch.Weight[t] *= 0.5f;
        }

        return batch;
    }
}
