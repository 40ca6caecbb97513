using Proximal.Analysis.Diagnostics;
using Proximal.Tensors.Random;

namespace Proximal.Analysis.Tests.Diagnostics;

public class EntropyChangeTests
{
    private static readonly double[] P = [0.7, 0.2, 0.1];

    [Fact]
    public void Discriminators_are_those_of_the_card_and_sum_to_zero()
    {
        double[] s = new double[3];
        double expected = EntropyChange.Discriminator([MathF.Log(0.7f), MathF.Log(0.2f), MathF.Log(0.1f)], s);
        Assert.Equal([0.311601, -0.161524, -0.150077], s.Select(x => Math.Round(x, 6)));
        Assert.Equal([0.140793, -0.332332, -0.320885], s.Select(x => Math.Round(x - expected, 6)));
        Assert.Equal(0, s.Sum(), 12);
    }

    [Fact]
    public void Discriminators_are_minus_the_gradient_of_entropy()
    {
        var random = new RandomStream(2, RandomPurpose.User);
        double[] logits = Enumerable.Range(0, 11).Select(i => random.Normal(i)).ToArray();
        double[] s = new double[11];
        EntropyChange.Discriminator(logits.Select(x => (float)x).ToArray(), s);
        for (int k = 0; k < 11; k++)
        {
            double[] up = (double[])logits.Clone(), down = (double[])logits.Clone();
            up[k] += 1e-5;
            down[k] -= 1e-5;
            Assert.Equal((EntropyOf(up) - EntropyOf(down)) / 2e-5, -s[k], 6);
        }
    }

    [Theory]
    [InlineData(0, -1.40803e-4)]
    [InlineData(1, 3.32243e-4)]
    [InlineData(2, 3.20894e-4)]
    public void A_small_policy_gradient_step_changes_entropy_as_predicted(int token, double exact)
    {
        double[] s = new double[3];
        double expected = EntropyChange.Discriminator(P.Select(p => (float)Math.Log(p)).ToArray(), s);
        double[] stepped = P.Select((p, k) => Math.Log(p) + (1e-3 * ((k == token ? 1 : 0) - p))).ToArray();
        Assert.Equal(exact, EntropyOf(stepped) - Entropy.OfProbabilities(P), 9);
        Assert.Equal(exact, EntropyChange.OfPolicyGradientStep(1e-3, s[token], expected), 6);

        double[] logitStep = P.Select((p, k) => 1e-3 * ((k == token ? 1 : 0) - p)).ToArray();
        Assert.Equal(EntropyChange.OfPolicyGradientStep(1e-3, s[token], expected), EntropyChange.OfLogitStep(s, logitStep), 9);
    }

    [Fact]
    public void The_error_of_the_prediction_is_of_second_order()
    {
        double[] s = new double[3];
        double expected = EntropyChange.Discriminator(P.Select(p => (float)Math.Log(p)).ToArray(), s);
        double Error(double step) =>
            EntropyOf(P.Select((p, k) => Math.Log(p) + (step * ((k == 0 ? 1 : 0) - p))).ToArray())
                - Entropy.OfProbabilities(P)
                - EntropyChange.OfPolicyGradientStep(step, s[0], expected);
        Assert.InRange(Error(1e-1) / Error(1e-2), 80, 125);
    }

    [Fact]
    public void Covariance_laws_give_the_numbers_of_the_card()
    {
        double[] advantages = [0.3, -0.7, -0.7];
        Assert.Equal(-0.0985548, EntropyChange.OfExpectedPolicyGradient(P, advantages, 1), 7);
        Assert.Equal(-0.311601, EntropyChange.OfNaturalPolicyGradient(P, advantages, 1), 6);
        double uniform = EntropyChange.OfExpectedPolicyGradient([0.25, 0.25, 0.25, 0.25], [3, -1, -1, -1], 1);
        Assert.Equal(0, uniform, 12);
    }

    [Fact]
    public void An_update_sums_the_trained_tokens()
    {
        float[] logits = [.. P.Select(p => (float)Math.Log(p)), .. P.Select(p => (float)Math.Log(p)), 9, 9, 9];
        var statistics = TokenStatistics.Compute(logits, [0, 1, 2], [true, true, false]);
        double predicted = EntropyChange.OfUpdate(statistics, [1e-3, 2e-3, 5], [true, true, false]);
        Assert.Equal((-1e-3 * 0.140793) + (2e-3 * 0.332332), predicted, 8);
    }

    [Fact]
    public void Comparison_reports_slope_and_correlation()
    {
        var fit = EntropyChange.Compare([1, 2, 3], [2, 4, 6]);
        Assert.Equal((2, 0, 1), (fit.Slope, Math.Round(fit.Intercept, 12), Math.Round(fit.Correlation, 12)));
    }

    private static double EntropyOf(double[] logits)
    {
        double sum = logits.Sum(Math.Exp);
        return Entropy.OfProbabilities(logits.Select(z => Math.Exp(z) / sum).ToArray());
    }
}
