using Proximal.Ratios;
using Proximal.Rollouts;

namespace Proximal.Tests.Ratios;

public sealed class CorrectionTests
{
    [Fact]
    public void Truncation_caps_and_masking_drops()
    {
        PathBatch batch = Weighted(0.5, 3, 1);
        AssertWeights([0.5f, 2, 1], new TruncatedCorrection(new()), batch);
        AssertWeights([0.5f, 0, 1], new MaskedCorrection(new()), batch);
        AssertWeights([1.5f, 1.5f, 1.5f], new TruncatedCorrection(new TruncatedCorrectionOptions { Level = CorrectionLevel.Sequence }), batch);
        AssertWeights([1.5f, 1.5f, 1.5f], new MaskedCorrection(new MaskedCorrectionOptions { Level = CorrectionLevel.Sequence }), batch);
        Assert.Equal(1.1447, Math.Exp(SequenceRatio.MeanLogRatio(batch.Old, batch.Behaviour, batch.Mask)), 1e-4);
    }

    [Theory]
    [InlineData(10, 2.59)]
    [InlineData(100, 13781)]
    public void Products_grow_with_length_and_geometric_means_do_not(int length, double product)
    {
        PathBatch batch = Weighted([.. Enumerable.Repeat(1.1, length)]);
        float[] weights = new float[length];
        ImportanceWeights.Compute(batch.Old, batch.Behaviour, batch.Mask, batch.PathOffsets, CorrectionLevel.Sequence, weights);
        Assert.Equal(product, weights[0], product * 2e-3);
        Assert.Equal(1.1, Math.Exp(SequenceRatio.MeanLogRatio(batch.Old, batch.Behaviour, batch.Mask)), 1e-6);
    }

    [Fact]
    public void Equal_policies_have_weight_one()
    {
        PathBatch batch = Batches.Random(1);
        batch.Old.CopyTo(batch.Behaviour);
        foreach (ICorrection method in new ICorrection[]
        {
            new TruncatedCorrection(new()), new MaskedCorrection(new()), new GeometricRejection(new()), new DivergenceRejection(new()),
        })
        {
            AssertWeights(batch.Mask.ToArray(), method, batch);
        }
    }

    [Theory]
    [InlineData(CorrectionNormalization.Token)]
    [InlineData(CorrectionNormalization.Sequence)]
    public void Normalized_weights_have_mean_one(CorrectionNormalization normalization)
    {
        PathBatch batch = Batches.Random(2);
        float[] weights = new float[batch.TokenCount];
        new TruncatedCorrection(new TruncatedCorrectionOptions { Normalization = normalization }).Compute(batch, weights);
        List<double> means = [];
        for (int path = 0; path < batch.PathCount; path++)
        {
            (float[] mask, float[] weight) = (batch.Mask[batch.Path(path)].ToArray(), weights[batch.Path(path)]);
            if (mask.Sum() > 0)
            {
                means.Add(weight.Sum() / mask.Sum());
            }
        }

        double mean = normalization == CorrectionNormalization.Token ? weights.Sum() / batch.Mask.ToArray().Sum() : means.Average();
        Assert.Equal(1, mean, 1e-5);
    }

    [Fact]
    public void Geometric_rejection_keeps_or_drops_whole_sequences()
    {
        PathBatch batch = Batches.Create([2, 2]);
        float[] behaviour = [0.5f, -0.5f, 0.002f, 0.002f];
        behaviour.CopyTo(batch.Behaviour);
        AssertWeights([1, 1, 0, 0], new GeometricRejection(new()), batch);
    }

    [Fact]
    public void Divergence_rejection_sees_what_cancels_in_the_mean()
    {
        PathBatch batch = Batches.Create([2, 2]);
        float[] behaviour = [0.5f, -0.5f, 0.002f, 0.002f];
        behaviour.CopyTo(batch.Behaviour);
        AssertWeights([0, 0, 1, 1], new DivergenceRejection(new()), batch);
        AssertWeights([0, 0, 1, 1], new DivergenceRejection(new DivergenceRejectionOptions { Statistic = RejectionStatistic.K2 }), batch);
        Assert.Equal(0.125, DivergenceRejection.Mean([0.5f, 0], [0, 0.5f], [1, 1], RejectionStatistic.K2), 1e-7);
    }

    [Fact]
    public void Weighted_expectation_off_policy_equals_the_one_on_policy()
    {
        double[] target = [0.8, 0.2], behaviour = [0.5, 0.5], reward = [1, 0.3];
        PathBatch batch = Batches.Create([1, 1]);
        for (int a = 0; a < 2; a++)
        {
            (batch.Old[a], batch.Behaviour[a]) = ((float)Math.Log(target[a]), (float)Math.Log(behaviour[a]));
        }

        float[] weights = new float[2];
        new TruncatedCorrection(new TruncatedCorrectionOptions { Cap = 10 }).Compute(batch, weights);
        Assert.Equal((target[0] * reward[0]) + (target[1] * reward[1]), (behaviour[0] * weights[0] * reward[0]) + (behaviour[1] * weights[1] * reward[1]), 1e-6);
    }

    [Fact]
    public void Mismatch_of_a_two_valued_weight_is_exact()
    {
        PathBatch batch = Weighted(0.5, 1.5);
        SamplerMismatch mismatch = SamplerMismatch.Measure(batch.Old, batch.Behaviour, batch.Mask);
        Assert.Equal(1, mismatch.MeanWeight, 1e-6);
        Assert.Equal(1.5, mismatch.MaxWeight, 1e-6);
        Assert.Equal(0.25, mismatch.ChiSquared, 1e-6);
        Assert.Equal(0.8, mismatch.EffectiveSampleShare, 1e-6);
        Assert.Equal(-Math.Log(0.75) / 2, mismatch.Divergence, 1e-6);
        Assert.Equal(mismatch.Divergence, mismatch.DivergenceK3, 1e-6);
        Assert.Equal(Math.Exp(mismatch.Divergence), mismatch.PerplexityRatio, 1e-9);
        Assert.Equal(new SamplerMismatch(0, 0, 0, 1, 1, 1, 1), SamplerMismatch.Measure([], [], []));
    }

    private static PathBatch Weighted(params double[] weights)
    {
        PathBatch batch = Batches.Create([weights.Length]);
        for (int t = 0; t < weights.Length; t++)
        {
            batch.Old[t] = (float)Math.Log(weights[t]);
        }

        return batch;
    }

    private static void AssertWeights(float[] expected, ICorrection method, PathBatch batch)
    {
        float[] weights = new float[batch.TokenCount];
        method.Compute(batch, weights);
        Assert.All(expected.Zip(weights), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
    }
}
