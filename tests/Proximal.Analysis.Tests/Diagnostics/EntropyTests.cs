using Proximal.Analysis.Diagnostics;

namespace Proximal.Analysis.Tests.Diagnostics;

public class EntropyTests
{
    [Fact]
    public void Reference_distribution_has_the_entropy_of_the_card() => Assert.Equal(0.801819, Entropy.OfProbabilities([0.7, 0.2, 0.1]), 6);

    [Fact]
    public void Truncated_modes_bound_and_recover_the_entropy()
    {
        double[] top = [Math.Log(0.7), Math.Log(0.2)];
        double bucket = Entropy.OfTop(top);
        Assert.Equal(0.801819, bucket, 6);
        Assert.Equal(Entropy.OfProbabilities([0.7 / 0.9, 0.2 / 0.9]), Entropy.OfTop(top, TruncatedEntropyMode.Renormalized), 12);
        Assert.Equal(bucket + (0.1 * Math.Log(0.1)), Entropy.OfTop(top, TruncatedEntropyMode.Omitted), 12);
        Assert.True(Entropy.OfTop([Math.Log(0.7)]) < 0.801819);
    }

    [Fact]
    public void Normalized_entropy_bits_and_perplexity_agree_on_uniform()
    {
        double entropy = Math.Log(8);
        Assert.Equal(1, Entropy.Normalized(entropy, 8), 12);
        Assert.Equal(3, Entropy.Bits(entropy), 12);
        Assert.Equal(8, Entropy.Perplexity(entropy), 12);
        Assert.Equal(0, Entropy.Normalized(0, 1));
    }

    [Fact]
    public void Token_and_sequence_means_differ_with_lengths()
    {
        double[] entropy = [1, 1, 1, 5, double.NaN];
        bool[] mask = [true, true, true, true, false];
        Assert.Equal(2, BatchEntropy.TokenMean(entropy, mask));
        Assert.Equal(3, BatchEntropy.SequenceMean(entropy, mask, [0, 3, 4, 5]));
        Assert.True(double.IsNaN(BatchEntropy.SequenceMean([], [], [0, 0])));
    }

    [Fact]
    public void Sequence_estimators_follow_the_chain_rule()
    {
        bool[] mask = [true, true, false, true];
        Assert.Equal(3, SequenceEntropy.MonteCarlo([-1, -2, -100, -3], mask, 2));
        Assert.Equal(1.5, SequenceEntropy.RaoBlackwell([0.5, 1, 100, 1.5], mask, 2));
        Assert.Equal(2, SequenceEntropy.PerToken(3, mask, 2));
        Assert.Equal(2, SequenceEntropy.LogProbProxy([-1, -2, -100, -3], mask));
    }

    [Fact]
    public void DeepConf_confidence_is_high_when_peaked()
    {
        double[] peaked = [Math.Log(0.96), Math.Log(0.01), Math.Log(0.01), Math.Log(0.01), Math.Log(0.01)];
        Assert.Equal(3.6923, Uncertainty.LogConfidence(peaked, 5), 4);
        Assert.Equal(1.6094, Uncertainty.LogConfidence([.. Enumerable.Repeat(Math.Log(0.2), 5)], 5), 4);
        Assert.Equal(0.2, Uncertainty.MassConfidence(peaked, 5), 12);
        Assert.Equal(0.494387, Uncertainty.Varentropy([0.7, 0.2, 0.1]), 6);
        Assert.Throws<ArgumentException>(() => Uncertainty.LogConfidence(peaked, 6));
        Assert.Throws<ArgumentException>(() => Uncertainty.Margin([0]));
    }

    [Fact]
    public void Expected_score_norm_is_Tsallis_2()
    {
        double[] p = [0.7, 0.2, 0.1];
        double expected = 0;
        for (int a = 0; a < 3; a++)
        {
            for (int k = 0; k < 3; k++)
            {
                expected += p[a] * Math.Pow((a == k ? 1 : 0) - p[k], 2);
            }
        }

        Assert.Equal(Uncertainty.Tsallis2(0.54), expected, 12);
    }
}
