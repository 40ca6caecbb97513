using Proximal.Models.Generation;
using Proximal.Rollouts;

namespace Proximal.Tests.Rollouts;

public sealed class RolloutBatchTests
{
    [Fact]
    public void Columns_lay_every_path_end_to_end()
    {
        // prompt 1 2 | policy 3 4 | environment 5 | policy 6, and below the first turn also policy 7 8 9.
        TokenTree tree = new([1, 2]);
        TokenSegment first = Policy(tree, 0, 3, 4);
        Policy(tree, tree.Branch(first.Index, SegmentOrigin.Environment, [5]).Index, 6);
        Policy(tree, first.Index, 7, 8, 9);
        RolloutBatch batch = TestTrees.Batch(tree, new TokenTree([11]));
        PathBatch paths = batch.Paths;

        Assert.Equal([0, 6, 13, 14], paths.PathOffsets.ToArray());
        Assert.Equal([0, 2, 3], paths.GroupOffsets.ToArray());
        Assert.Equal([1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 7, 8, 9, 11], paths.Tokens.ToArray());
        Assert.Equal([0, 0, 1, 1, 0, 1, 0, 0, 1, 1, 1, 1, 1, 0], paths.Mask.ToArray());
        Assert.Equal(paths.Mask.ToArray(), paths.Weight.ToArray());
        Assert.Equal([0, 0, -3, -4, 0, -6, 0, 0, -3, -4, -7, -8, -9, 0], paths.Behaviour.ToArray());
        Assert.Equal([0, 0, 1.5f, 2, 0, 3, 0, 0, 1.5f, 2, 3.5f, 4, 4.5f, 0], paths.Entropy.ToArray());
        Assert.Equal([7, 9, 1], paths.Rewards.ToArray());
        Assert.Equal([3, 4, 0], paths.Scores.ToArray());
        Assert.Equal([1, 0, 0], paths.Truncated.ToArray());
        Assert.Equal([0, 0, 0, 0, 0, 7, 0, 0, 0, 0, 0, 0, 9, 0], paths.TokenReward.ToArray());
    }

    [Fact]
    public void A_scored_token_is_predicted_from_the_token_before_it_on_its_path()
    {
        TokenTree tree = new([1, 2]);
        TokenSegment empty = tree.Branch(0, SegmentOrigin.Policy);
        TokenSegment below = Policy(tree, tree.Branch(empty.Index, SegmentOrigin.Environment).Index, 3, 4);
        Policy(tree, 0, 5);
        Policy(tree, below.Index, 6);
        TreePacking packing = new();
        packing.Add(new TokenTree([9, 9, 9]), SegmentOrigin.Policy);
        packing.Add(tree, SegmentOrigin.Policy);

        Assert.Equal([9, 9, 9, 1, 2, 3, 4, 5, 6], packing.Tokens.ToArray());
        Assert.Equal([4, 5, 4, 6], packing.ScoredRows.ToArray());
        Assert.Equal([3, 4, 5, 6], packing.ScoredTokens.ToArray());
        Assert.Equal([-1, 0, -1, 0, 2, 3], Enumerable.Range(0, 6).Select(segment => packing.FirstScored(1, segment)));

        packing.Clear();
        packing.Add(tree, SegmentOrigin.Environment);
        Assert.Empty(packing.ScoredRows.ToArray());
    }

    [Fact]
    public void Spreading_goes_to_every_path_through_a_segment_and_collecting_sums_them()
    {
        for (ulong seed = 0; seed < 50; seed++)
        {
            RolloutBatch batch = TestTrees.Batch(seed, trees: 4);
            PathBatch paths = batch.Paths;
            TreePacking packing = new();
            batch.Trees.Skip(1).ToList().ForEach(tree => packing.Add(tree, SegmentOrigin.Policy));
            float[] scored = [.. Enumerable.Range(1, packing.ScoredTokens.Length)];
            batch.Spread(packing, 1, 4, scored, paths.Current);

            // A token of a path gets the number of the scored token with its id, and tokens that are not scored get nothing.
            int from = paths.PathOffsets[paths.GroupOffsets[1]];
            int[] through = new int[scored.Length];
            for (int t = 0; t < paths.TokenCount; t++)
            {
                Assert.Equal(t >= from && paths.Mask[t] != 0, paths.Current[t] != 0);
                if (paths.Current[t] != 0)
                {
                    through[(int)paths.Current[t] - 1]++;
                    Assert.Equal(paths.Tokens[t], packing.ScoredTokens[(int)paths.Current[t] - 1]);
                }
            }

            Assert.All(through, count => Assert.NotEqual(0, count));
            float[] sums = new float[scored.Length];
            batch.Collect(packing, 1, 4, paths.Current[from..], from, sums);
            Assert.Equal(scored.Zip(through, (value, count) => value * count), sums);
            Assert.Equal(0, batch.LargestDifference(packing, 1, 4, scored, paths.Current));
            paths.Current[Array.FindIndex(paths.Current.ToArray(), value => value != 0)] = float.NaN;
            Assert.Equal(float.PositiveInfinity, batch.LargestDifference(packing, 1, 4, scored, paths.Current));
        }
    }

    [Fact]
    public void A_minibatch_takes_groups_from_anywhere_and_what_is_written_to_it_comes_back()
    {
        RolloutBatch batch = TestTrees.Batch(seed: 3, trees: 7);
        PathBatch whole = batch.Paths;
        (whole.Seed, whole.Step) = (5, 6);
        for (int t = 0; t < whole.TokenCount; t++)
        {
            (whole.Advantage[t], whole.Values[t], whole.Reference[t]) = (t, t + 0.25f, t + 0.5f);
        }

        for (int group = 0; group < 7; group++)
        {
            whole.GreedyRewards[group] = group;
        }

        int[] groups = [4, 0, 6];
        RolloutBatch taken = batch.Take(groups);
        Assert.Equal((5ul, 6, 64), (taken.Paths.Seed, taken.Paths.Step, taken.Paths.ResponseBudget));
        Assert.Equal(3, taken.Trees.Count);
        for (int i = 0; i < groups.Length; i++)
        {
            Assert.Same(batch.Trees[groups[i]], taken.Trees[i]);
            PathBatch expected = whole.Groups(groups[i], groups[i] + 1), actual = taken.Paths.Groups(i, i + 1);
            Assert.Equal(expected.PathOffsets.ToArray(), actual.PathOffsets.ToArray());
            Assert.Equal(Columns(expected), Columns(actual));
            Assert.Equal(batch.Trajectories.ToArray()[whole.Group(groups[i])], taken.Trajectories.ToArray()[taken.Paths.Group(i)]);
        }

        float[] before = whole.Current.ToArray();
        taken.Paths.Current.Fill(9);
        batch.Return(taken, groups);
        for (int group = 0; group < 7; group++)
        {
            PathBatch window = whole.Groups(group, group + 1);
            float[] expected = groups.Contains(group)
                ? [.. Enumerable.Repeat(9f, window.TokenCount)]
                : before[whole.PathOffsets[whole.GroupOffsets[group]]..whole.PathOffsets[whole.GroupOffsets[group + 1]]];
            Assert.Equal(expected, window.Current.ToArray());
        }

        static float[][] Columns(PathBatch paths) =>
        [
            Array.ConvertAll(paths.Tokens.ToArray(), token => (float)token), paths.Mask.ToArray(), paths.Behaviour.ToArray(), paths.Old.ToArray(), paths.Current.ToArray(),
            paths.Reference.ToArray(), paths.Entropy.ToArray(), paths.FullDivergence.ToArray(), paths.Advantage.ToArray(), paths.Weight.ToArray(), paths.TokenReward.ToArray(),
            paths.OldValues.ToArray(), paths.Values.ToArray(), paths.Returns.ToArray(), paths.Rewards.ToArray(), paths.Scores.ToArray(), paths.Truncated.ToArray(),
            paths.GreedyRewards.ToArray(),
        ];
    }

    [Fact]
    public void Trajectories_follow_the_order_of_the_trees()
    {
        TokenTree first = new([1]), second = new([2]);
        RolloutBatch batch = TestTrees.Batch(first, second);
        Trajectory[] swapped = [batch.Trajectories[1], batch.Trajectories[0]];

        Assert.Throws<ArgumentException>(() => new RolloutBatch([first, second], swapped, 8));
    }

    private static TokenSegment Policy(TokenTree tree, int parent, params int[] tokens)
    {
        TokenSegment segment = tree.Branch(parent, SegmentOrigin.Policy);
        Array.ForEach(tokens, token => segment.Append(token, -token, token / 2f));
        return segment;
    }
}
