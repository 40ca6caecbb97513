namespace Proximal.Analysis.Diagnostics;

/// <summary>Which groups of rollouts can teach anything. Shares are NaN without groups; groups without rollouts do not count.</summary>
/// <param name="Groups">Groups with at least one rollout.</param>
/// <param name="EffectiveRate">Share of groups whose rewards differ.</param>
/// <param name="AllCorrectShare">Share of groups with nothing but correct rollouts.</param>
/// <param name="AllWrongShare">Share of groups without a correct rollout.</param>
public readonly record struct GroupHealth(int Groups, double EffectiveRate, double AllCorrectShare, double AllWrongShare)
{
    /// <summary>Looks at the groups of a batch.</summary>
    /// <param name="rewards">Reward of each rollout, groups end to end. [rollouts]</param>
    /// <param name="correct">Whether each rollout is correct. [rollouts]</param>
    /// <param name="groupOffsets">First rollout of each group and the end of the last. [groups + 1]</param>
    public static GroupHealth Compute(ReadOnlySpan<double> rewards, ReadOnlySpan<bool> correct, ReadOnlySpan<int> groupOffsets)
    {
        Columns.RequireLength(correct.Length, rewards.Length, nameof(correct));
        Columns.RequireOffsets(groupOffsets, rewards.Length, nameof(groupOffsets));
        int groups = 0, effective = 0, allCorrect = 0, allWrong = 0;
        for (int n = 0; n + 1 < groupOffsets.Length; n++)
        {
            ReadOnlySpan<double> group = rewards[groupOffsets[n]..groupOffsets[n + 1]];
            if (group.IsEmpty)
            {
                continue;
            }

            groups++;
            effective += group.ContainsAnyExcept(group[0]) ? 1 : 0;
            int right = Columns.Count(correct[groupOffsets[n]..groupOffsets[n + 1]]);
            allCorrect += right == group.Length ? 1 : 0;
            allWrong += right == 0 ? 1 : 0;
        }

        return new GroupHealth(groups, (double)effective / groups, (double)allCorrect / groups, (double)allWrong / groups);
    }
}
