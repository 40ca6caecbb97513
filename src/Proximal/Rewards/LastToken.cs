using Proximal.Rollouts;

namespace Proximal.Rewards;

/// <summary>How shapings that know one number a path change its reward.</summary>
internal static class LastToken
{
    /// <summary>Adds to the reward of a path and, by the same amount, to that of its last policy token. A path without policy tokens stays as it is.</summary>
    public static void Add(PathBatch batch, int path, double amount)
    {
        int last = batch.Mask[batch.Path(path)].LastIndexOfAnyExcept(0f);
        if (last >= 0)
        {
            batch.Rewards[path] += (float)amount;
            batch.TokenReward[batch.PathOffsets[path] + last] += (float)amount;
        }
    }

    /// <summary>Makes a number the whole reward of a path: that of its last policy token, and nothing on the others.</summary>
    public static void Replace(PathBatch batch, int path, float reward)
    {
        Span<float> tokens = batch.TokenReward[batch.Path(path)];
        tokens.Clear();
        batch.Rewards[path] = reward;
        int last = batch.Mask[batch.Path(path)].LastIndexOfAnyExcept(0f);
        if (last >= 0)
        {
            tokens[last] = reward;
        }
    }
}
