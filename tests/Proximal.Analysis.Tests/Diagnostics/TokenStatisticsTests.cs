using Proximal.Analysis.Diagnostics;
using Proximal.Tensors.Random;

namespace Proximal.Analysis.Tests.Diagnostics;

public class TokenStatisticsTests
{
    private static readonly float[] Reference = [MathF.Log(0.7f), MathF.Log(0.2f), MathF.Log(0.1f)];

    [Fact]
    public void Card_numbers_of_the_reference_distribution()
    {
        float[] logits = [.. Reference, .. Reference, .. Reference];
        var statistics = TokenStatistics.Compute(logits, [0, 1, 2], [true, true, true], options: new() { TopK = 2, WindowWidth = 1 });
        Assert.Equal([0.801819, 0.801819, 0.801819], statistics.Entropy.Select(x => Math.Round(x, 6)));
        Assert.Equal([0.311601, -0.161524, -0.150077], statistics.Discriminator.Select(x => Math.Round(x, 6)));
        Assert.Equal(0.170808, statistics.ExpectedDiscriminator[1], 6);
        Assert.Equal(0.494387, statistics.Varentropy[2], 6);
        Assert.Equal(0.54, statistics.CollisionProbability[0], 6);
        Assert.Equal(0.616186, Uncertainty.Renyi2(statistics.CollisionProbability[0]), 6);
        Assert.Equal(0.46, Uncertainty.Tsallis2(statistics.CollisionProbability[0]), 6);
        Assert.Equal(Math.Log(0.2), statistics.LogProb[1], 6);
        Assert.Equal(2, statistics.TopCount);
        Assert.Equal(0.7, Uncertainty.MaximumProbability(statistics.Top(1)), 6);
        Assert.Equal(0.5, Uncertainty.Margin(statistics.Top(1)), 6);
        Assert.Equal(Math.Log(3.5), Uncertainty.LogMargin(statistics.Top(1)), 6);
        Assert.Equal(0.801819, statistics.Window[0], 6);
        Assert.True(double.IsNaN(statistics.Window[2]));
        Assert.Equal(0, statistics.NonFiniteRows);
    }

    [Fact]
    public void Agrees_with_plain_sums_for_any_vocabulary_size()
    {
        var random = new RandomStream(1, RandomPurpose.User);
        for (int vocabulary = 1; vocabulary <= 40; vocabulary++)
        {
            float[] logits = Enumerable.Range(0, vocabulary).Select(i => (float)(5 * random.Normal((100 * vocabulary) + i))).ToArray();
            double[] p = Softmax(logits);
            double entropy = Entropy.OfProbabilities(p);
            int token = vocabulary / 2;
            var statistics = TokenStatistics.Compute(logits, [token], [true]);
            Assert.Equal(entropy, statistics.Entropy[0], 10);
            Assert.Equal(Uncertainty.Varentropy(p), statistics.Varentropy[0], 9);
            Assert.Equal(p.Sum(x => x * x), statistics.CollisionProbability[0], 12);
            Assert.Equal(p.Sum(x => x * x * (entropy + Math.Log(x))), statistics.ExpectedDiscriminator[0], 10);
            Assert.Equal(Math.Log(p[token]), statistics.LogProb[0], 10);
            Assert.Equal(p.OrderDescending().Take(5).Select(x => Math.Round(Math.Log(x), 9)), statistics.Top(0).ToArray().Select(x => Math.Round(x, 9)));
            Assert.InRange(statistics.Entropy[0], 0, Math.Log(vocabulary) + 1e-12);
        }
    }

    [Fact]
    public void Is_invariant_to_a_shift_of_the_logits()
    {
        float[] shifted = [1003.5f, 1002.25f, 1001f], plain = [3.5f, 2.25f, 1f];
        var first = TokenStatistics.Compute(shifted, [1], [true]);
        var second = TokenStatistics.Compute(plain, [1], [true]);
        Assert.Equal(second.Entropy[0], first.Entropy[0], 12);
        Assert.Equal(second.LogProb[0], first.LogProb[0], 12);
    }

    [Fact]
    public void Logits_of_minus_infinity_are_tokens_of_probability_zero()
    {
        float[] logits = [0, float.NegativeInfinity, 0, float.NegativeInfinity, float.NegativeInfinity, 0, 0, float.NegativeInfinity, float.NegativeInfinity];
        var statistics = TokenStatistics.Compute(logits, [1], [true]);
        Assert.Equal(Math.Log(4), statistics.Entropy[0], 12);
        Assert.Equal(double.NegativeInfinity, statistics.LogProb[0]);
        Assert.Equal(0, statistics.Discriminator[0]);
        Assert.Equal(double.NegativeInfinity, statistics.Top(0)[4]);
        Assert.Equal(0, statistics.NonFiniteRows);
    }

    [Theory]
    [InlineData(float.NaN, 0f)]
    [InlineData(float.PositiveInfinity, 0f)]
    [InlineData(float.NegativeInfinity, float.NegativeInfinity)]
    public void A_row_without_a_distribution_is_NaN_and_counted(float first, float second)
    {
        var statistics = TokenStatistics.Compute([first, second, 0, 0], [0, 0], [true, true]);
        Assert.Equal(1, statistics.NonFiniteRows);
        Assert.True(double.IsNaN(statistics.Entropy[0]) && double.IsNaN(statistics.LogProb[0]) && double.IsNaN(statistics.Top(0)[0]));
        Assert.Equal(Math.Log(2), statistics.Entropy[1], 12);
        Assert.True(double.IsNaN(BatchEntropy.TokenMean(statistics.Entropy, [true, true])));
        Assert.True(double.IsNaN(Entropy.OfLogits([first, second])));
    }

    [Fact]
    public void One_NaN_anywhere_in_a_long_row_is_found()
    {
        for (int place = 0; place < 19; place++)
        {
            float[] logits = new float[19];
            logits[place] = float.NaN;
            Assert.Equal(1, TokenStatistics.Compute(logits, [(place + 1) % 19], [true]).NonFiniteRows);
        }
    }

    [Fact]
    public void Masked_rows_are_not_read()
    {
        var statistics = TokenStatistics.Compute([float.NaN, float.NaN, 0, 0], [-1, 1], [false, true]);
        Assert.True(double.IsNaN(statistics.Entropy[0]));
        Assert.Equal(0, statistics.NonFiniteRows);
        Assert.Equal(Math.Log(2), BatchEntropy.TokenMean(statistics.Entropy, [false, true]), 12);
    }

    [Fact]
    public void An_empty_batch_has_empty_columns()
    {
        var statistics = TokenStatistics.Compute([], [], []);
        Assert.Empty(statistics.Entropy);
        Assert.True(double.IsNaN(BatchEntropy.TokenMean(statistics.Entropy, [])));
    }

    [Fact]
    public void Shapes_that_disagree_are_refused()
    {
        Assert.Throws<ArgumentException>(() => TokenStatistics.Compute([1, 2, 3], [0, 1], [true, true]));
        Assert.Throws<ArgumentException>(() => TokenStatistics.Compute([1, 2], [2], [true]));
        Assert.Throws<ArgumentException>(() => TokenStatistics.Compute([1, 2], [0], [true, true]));
        Assert.Throws<ArgumentException>(() => TokenStatistics.Compute([], [0], [true]));
        Assert.Throws<ArgumentException>(() => TokenStatistics.Compute([1, 2], [0], [true], [0, 2]));
    }

    private static double[] Softmax(float[] logits)
    {
        double[] e = logits.Select(z => Math.Exp(z - (double)logits.Max())).ToArray();
        return e.Select(x => x / e.Sum()).ToArray();
    }
}
