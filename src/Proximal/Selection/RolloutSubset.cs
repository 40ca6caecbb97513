using Proximal.Rollouts;

namespace Proximal.Selection;

/// <summary>What selections that train on a part of the rollouts share: which rollouts there are, how many are wanted, and taking out the others.</summary>
internal static class RolloutSubset
{
    /// <summary>The paths of a range that have valid tokens.</summary>
    public static List<int> Valid(PathBatch batch, Range paths)
    {
        List<int> valid = [];
        (int start, int length) = paths.GetOffsetAndLength(batch.PathCount);
        for (int path = start; path < start + length; path++)
        {
            if (Columns.Count(batch.Mask[batch.Path(path)]) > 0)
            {
                valid.Add(path);
            }
        }

        return valid;
    }

    /// <summary>The mean advantage of a path's valid tokens: its advantage, where that is one number.</summary>
    public static double Advantage(PathBatch batch, int path)
    {
        double sum = 0;
        ReadOnlySpan<float> mask = batch.Mask, advantage = batch.Advantage;
        for (int t = batch.PathOffsets[path]; t < batch.PathOffsets[path + 1]; t++)
        {
            sum += mask[t] == 0 ? 0 : advantage[t];
        }

        return sum / Math.Max(1, Columns.Count(mask[batch.Path(path)]));
    }

    /// <summary>A share of a number, rounded up and at least 1; 0 of 0.</summary>
    public static int Count(double share, int of) => Math.Min(of, Math.Max(1, (int)Math.Ceiling((share * of) - 1e-9)));

    /// <summary>Takes the tokens of a path out: they do not even count.</summary>
    public static void Drop(PathBatch batch, int path)
    {
        batch.Mask[batch.Path(path)].Clear();
        batch.Weight[batch.Path(path)].Clear();
    }

    /// <summary>How many rollouts and tokens are left.</summary>
    public static (string Name, double Value)[] Left(PathBatch batch) =>
        [("selection/rollouts", Valid(batch, ..batch.PathCount).Count), ("selection/tokens", Columns.Count(batch.Mask))];
}
