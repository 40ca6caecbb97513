using Proximal.Ratios;
using Proximal.Rollouts;

namespace Proximal.Tests.Ratios;

public sealed class RatioTests
{
    [Fact]
    public void Sequence_ratio_is_the_geometric_mean_of_the_token_ratios()
    {
        PathBatch batch = Batches.Create([3]);
        float[] differences = [0.1f, -0.2f, 0.4f], ratio = new float[3];
        differences.CopyTo(batch.Current);
        new SequenceRatio().Compute(batch, ratio, new byte[3]);
        Assert.All(ratio, r => Assert.Equal(1.10517f, r, 1e-5f));
    }

    [Fact]
    public void Gradient_of_an_unclipped_sequence_is_its_ratio_times_the_mean_score()
    {
        PathBatch batch = Batches.Create([3]);
        float[] differences = [0.1f, -0.2f, 0.4f], ratio = new float[3], gradient = new float[3];
        differences.CopyTo(batch.Current);
        SequenceRatio sequence = new();
        sequence.Compute(batch, ratio, new byte[3]);
        sequence.Backward(batch, ratio, [2f / 3, 2f / 3, 2f / 3], gradient);
        Assert.All(gradient, g => Assert.Equal(1.10517 * 2 / 3, g, 1e-5));
    }

    [Fact]
    public void Ratios_far_out_stay_finite_and_lose_their_gradient()
    {
        PathBatch batch = Batches.Create([1]);
        (batch.Current[0], batch.Old[0]) = (0, -50);
        foreach (IRatio method in new IRatio[] { new TokenRatio(), new SequenceRatio() })
        {
            float[] ratio = new float[1], gradient = new float[1];
            method.Compute(batch, ratio, new byte[1]);
            method.Backward(batch, ratio, [1], gradient);
            Assert.Equal(1, ratio[0] / Math.Exp(method is TokenRatio ? 20 : 10), 1e-6);
            Assert.Equal(0, gradient[0]);
        }
    }

    [Fact]
    public void Geometric_mean_clips_tokens_one_by_one()
    {
        float[] slopes = new float[2];
        byte[] marks = new byte[2];
        double ratio = GeometricMeanRatio.Compute([0.9f, 0.1f], [0, 0], [1, 1], [1, 1], 0.4, 0.4, slopes, marks);
        Assert.Equal(Math.Exp(0.25), ratio, 1e-7);
        Assert.Equal([0f, 0.5f], slopes);
        Assert.Equal([1, 0], marks);
        Assert.Equal(Math.Exp(0.5), GeometricMeanRatio.Compute([0.9f, 0.1f], [0, 0], [-1, -1], [1, 1], 0.4, 0.4, slopes, marks), 1e-7);
    }

    [Fact]
    public void Ratio_is_one_under_the_mask()
    {
        PathBatch batch = Batches.Random(1);
        float[] ratio = new float[batch.TokenCount];
        foreach (IRatio method in new IRatio[] { new TokenRatio(), new SequenceRatio(), new GeometricMeanRatio(new()), new NoRatio() })
        {
            method.Compute(batch, ratio, new byte[batch.TokenCount]);
            Assert.All(Enumerable.Range(0, ratio.Length).Where(t => batch.Mask[t] == 0), t => Assert.Equal(1, ratio[t]));
        }
    }
}
