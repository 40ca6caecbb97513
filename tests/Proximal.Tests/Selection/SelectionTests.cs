using Proximal.Rollouts;
using Proximal.Selection;

namespace Proximal.Tests.Selection;

public sealed class SelectionTests
{
    [Fact]
    public void Dynamic_sampling_drops_groups_whose_scores_are_equal()
    {
        PathBatch batch = Batches.Create([1, 2], [1, 1], [1]);
        float[] scores = [1, 1, 0, 1, 1];
        scores.CopyTo(batch.Scores);
        new DynamicSampling(new()).Select(batch);
        Assert.Equal([0, 0, 0, 1, 1, 0], batch.Mask.ToArray());
        Assert.Equal([0, 0, 0, 1, 1, 0], batch.Weight.ToArray());
    }

    [Fact]
    public void Dynamic_sampling_looks_at_scores_unless_told_otherwise()
    {
        PathBatch batch = Batches.Create([1, 1]);
        batch.Rewards[0] = 0.3f;
        new DynamicSampling(new DynamicSamplingOptions { UseRewards = true }).Select(batch);
        Assert.Equal([1, 1], batch.Mask.ToArray());
        new DynamicSampling(new()).Select(batch);
        Assert.Equal([0, 0], batch.Mask.ToArray());
    }

    [Theory]
    [InlineData(4, 0.6797)]
    [InlineData(8, 0.8999)]
    public void Keep_probability_grows_with_the_group(int size, double expected) => Assert.Equal(expected, DynamicSampling.KeepProbability(0.25, size), 1e-4);

    [Fact]
    public void Overlong_filter_masks_truncated_responses()
    {
        PathBatch batch = Batches.Create([1, 2]);
        batch.Truncated[1] = 1;
        new OverlongFilter().Select(batch);
        Assert.Equal([1, 0, 0], batch.Mask.ToArray());
    }
}
