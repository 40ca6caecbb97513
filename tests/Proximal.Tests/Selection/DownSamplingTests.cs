using Proximal.Rollouts;
using Proximal.Selection;
using Proximal.Tensors.Random;

namespace Proximal.Tests.Selection;

public sealed class DownSamplingTests
{
    private static readonly double[] Advantages = [-1.5, -0.5, -0.5, 0.5, 0.5, 1.5];

    [Theory]
    [InlineData(2, 2.25)]
    [InlineData(3, 1.555556)]
    [InlineData(4, 1.25)]
    [InlineData(6, 0.916667)]
    public void The_subset_of_largest_variance_is_that_of_the_card(int count, double variance)
    {
        bool[] chosen = new bool[6];
        Assert.Equal(variance, VarianceSubset.Select(Advantages, count, chosen), 1e-6);
        Assert.Equal(count, chosen.Count(c => c));
        Assert.True(chosen[0] && chosen[5]);
    }

    [Fact]
    public void The_scan_finds_what_brute_force_finds()
    {
        for (int seed = 1; seed <= 12; seed++)
        {
            RandomStream random = new((ulong)seed, RandomPurpose.User);
            double[] values = [.. Enumerable.Range(0, 3 + (seed % 8)).Select(i => seed % 3 == 0 ? random.Integer(i, 3) : random.Normal(i))];
            for (int count = 1; count <= values.Length; count++)
            {
                double best = 0;
                for (int subset = 0; subset < 1 << values.Length; subset++)
                {
                    if (int.PopCount(subset) == count)
                    {
                        best = Math.Max(best, Variance([.. values.Where((_, i) => (subset >> i & 1) == 1)]));
                    }
                }

                bool[] chosen = new bool[values.Length];
                Assert.Equal(best, VarianceSubset.Select(values, count, chosen), 1e-9);
                Assert.Equal(best, Variance([.. values.Where((_, i) => chosen[i])]), 1e-9);
            }
        }
    }

    [Fact]
    public void Rollouts_of_groups_without_variance_are_not_chosen_while_extremes_remain()
    {
        PathBatch batch = Batch([0, 0, 0], [1, -1, 0], [0, 0, 0], [1.2f, -0.6f, -0.6f]);
        Select(batch, new DynamicDownSamplingOptions { RolloutsStart = 5 / 12.0, TokensStart = 1 });
        for (int path = 0; path < batch.PathCount; path++)
        {
            Assert.Equal(batch.Advantage[batch.Path(path)][0] == 0 ? 0 : 1, batch.Mask[batch.Path(path)][0]);
        }
    }

    [Fact]
    public void Everything_is_kept_at_shares_of_one()
    {
        PathBatch batch = Batches.Random(3);
        float[] mask = batch.Mask.ToArray(), weight = batch.Weight.ToArray();
        Select(batch, new DynamicDownSamplingOptions { RolloutsStart = 1, TokensStart = 1 });
        Assert.Equal(mask, batch.Mask.ToArray());
        Assert.Equal(weight, batch.Weight.ToArray());
    }

    [Fact]
    public void The_number_of_tokens_grows_with_the_progress()
    {
        double before = 0;
        for (int step = 0; step < 10; step++)
        {
            PathBatch batch = Batch([1, -1, 0.5f, 0], [0.3f, -0.2f, 0, -2]);
            (batch.Step, batch.Steps) = (step, 10);
            DynamicDownSampling selection = Select(batch, new());
            double tokens = selection.Metrics.Single(m => m.Name == "selection/tokens").Value;
            Assert.True(tokens >= before);
            before = tokens;
        }

        Assert.True(before > 4);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Tokens_without_entropy_are_not_chosen_while_others_remain(bool perSequence)
    {
        PathBatch batch = Batch([1, -1], [2, -2]);
        for (int t = 0; t < batch.TokenCount; t += 2)
        {
            batch.Entropy[t] = 0;
        }

        Select(batch, new DynamicDownSamplingOptions { RolloutsStart = 1, TokensStart = 0.5, PerSequence = perSequence });
        for (int t = 0; t < batch.TokenCount; t++)
        {
            Assert.Equal(t % 2, batch.Mask[t]);
        }
    }

    [Fact]
    public void Of_equal_scores_the_first_are_chosen_and_shares_are_rounded_up()
    {
        bool[] chosen = new bool[5];
        DynamicDownSampling.TopTokens([1, 2, 1, 1, 0], 0.5, chosen);
        Assert.Equal([true, true, true, false, false], chosen);
    }

    [Fact]
    public void Pods_keeps_the_extremes_of_each_group_and_a_random_subset_its_share()
    {
        PathBatch batch = Batch([0, 0, 0, 0], [0, 0, 0, 0]);
        float[] rewards = [0.1f, 1, 0.4f, 0, 0.5f, 0.6f, 0, 0.2f];
        rewards.CopyTo(batch.Rewards);
        new RewardVarianceSubset(new SubsetOptions { Share = 0.5 }).Select(batch);
        Assert.Equal([0, 1, 0, 1, 0, 1, 1, 0], FirstMasks(batch));

        PathBatch other = Batch([0, 0, 0, 0], [0, 0, 0, 0]);
        RandomSubset random = new(new SubsetOptions { Share = 0.3 });
        random.Select(other);
        Assert.Equal(3, FirstMasks(other).Sum());
        Assert.Equal(3, random.Metrics.Single(m => m.Name == "selection/rollouts").Value);
    }

    private static float[] FirstMasks(PathBatch batch) => [.. Enumerable.Range(0, batch.PathCount).Select(path => batch.Mask[batch.Path(path)][0])];

    private static DynamicDownSampling Select(PathBatch batch, DynamicDownSamplingOptions options)
    {
        DynamicDownSampling selection = new(options);
        selection.Select(batch);
        return selection;
    }

    /// <summary>Responses of four tokens with one advantage each.</summary>
    private static PathBatch Batch(params float[][] advantages)
    {
        PathBatch batch = Batches.Create([.. advantages.Select(group => group.Select(_ => 4).ToArray())]);
        int path = 0;
        foreach (float advantage in advantages.SelectMany(group => group))
        {
            batch.Advantage[batch.Path(path++)].Fill(advantage);
        }

        batch.Entropy.Fill(1);
        return batch;
    }

    private static double Variance(double[] values)
    {
        double mean = values.Average();
        return values.Sum(v => (v - mean) * (v - mean)) / values.Length;
    }
}
