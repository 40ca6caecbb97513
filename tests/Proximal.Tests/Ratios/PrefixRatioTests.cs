using Proximal.Aggregation;
using Proximal.Clipping;
using Proximal.Objectives;
using Proximal.Ratios;
using Proximal.Recipes;
using Proximal.Rollouts;
using Proximal.Tests.Objectives;

namespace Proximal.Tests.Ratios;

public sealed class PrefixRatioTests
{
    // Two tokens: the data come from (0.5, 0.5), the target is (0.8, 0.2) at both positions.
    private static readonly double[] Behaviour = [0.5, 0.5];
    private static readonly double[] Target = [0.8, 0.2];

    [Fact]
    public void Log_ratios_add_up_or_are_averaged_along_the_response()
    {
        Assert.Equal([0.02, 0.05, 0.04, 0.08], LogRatios([0.02f, 0.03f, -0.01f, 0.04f], [1, 1, 1, 1], CumulativeMode.Product), new Near(1e-6));
        Assert.Equal([0.02, 0.025, 0.013333, 0.02], LogRatios([0.02f, 0.03f, -0.01f, 0.04f], [1, 1, 1, 1], CumulativeMode.GeometricMean), new Near(1e-6));
    }

    [Fact]
    public void Observation_tokens_add_nothing()
    {
        Assert.Equal([0, 0.02, 0.02, 0.06], LogRatios([9, 0.02f, 9, 0.04f], [0, 1, 0, 1], CumulativeMode.Product), new Near(1e-6));
        Assert.Equal([0, 0.02, 0.02, 0.03], LogRatios([9, 0.02f, 9, 0.04f], [0, 1, 0, 1], CumulativeMode.GeometricMean), new Near(1e-6));
    }

    [Fact]
    public void The_gradient_passes_through_the_current_token_alone()
    {
        PathBatch batch = Batches.Random(3);
        foreach (IRatio component in new IRatio[] { new CumulativeRatio(new()), new CumulativeRatio(new CumulativeRatioOptions { Mode = CumulativeMode.GeometricMean }), new MinimumPrefixRatio() })
        {
            float[] ratio = new float[batch.TokenCount], gradient = new float[batch.TokenCount], seed = new float[batch.TokenCount];
            component.Compute(batch, ratio, new byte[batch.TokenCount]);
            int token = batch.Mask.LastIndexOf(1f);
            seed[token] = 2;
            component.Backward(batch, ratio, seed, gradient);
            for (int t = 0; t < gradient.Length; t++)
            {
                Assert.Equal(t == token ? 2 * ratio[t] : 0, gradient[t]);
            }
        }
    }

    [Fact]
    public void A_ratio_beyond_the_limit_is_cut_and_loses_its_gradient()
    {
        PathBatch batch = Batches.Create([2]);
        batch.Current[0] = batch.Current[1] = 0;
        batch.Old[0] = batch.Old[1] = -6;
        float[] ratio = new float[2], gradient = new float[2];
        CumulativeRatio cumulative = new(new());
        cumulative.Compute(batch, ratio, new byte[2]);
        cumulative.Backward(batch, ratio, [1, 1], gradient);
        Assert.Equal(MathF.Exp(6), ratio[0], 1e-2f);
        Assert.Equal((float)Math.Exp(10), ratio[1]);
        Assert.Equal([ratio[0], 0], gradient);
    }

    [Theory]
    [InlineData(1, 0.05)]
    [InlineData(4, 0.1)]
    [InlineData(100, 0.5)]
    public void Bounds_grow_with_the_square_root_of_the_position(int position, double expected) =>
        Assert.Equal(expected, 0.05 * PositionClipping.Scale(position, 0.5), 1e-12);

    [Fact]
    public void The_band_at_position_one_hundred_is_that_of_the_card()
    {
        PositionClippingOptions options = new() { Dual = 0 };
        Assert.Equal(0, PositionClipping.Token(0.7787f, -1, 100, options).RatioGradient);
        Assert.Equal(1, PositionClipping.Token(0.7789f, -1, 100, options).RatioGradient);
        Assert.Equal(-1, PositionClipping.Token(1.6486f, 1, 100, options).RatioGradient);
        Assert.Equal(0, PositionClipping.Token(1.6488f, 1, 100, options).RatioGradient);
    }

    [Fact]
    public void A_response_of_one_token_is_ppo_with_bounds_in_log_space()
    {
        PositionClippingOptions options = new();
        for (float ratio = 0.8f; ratio < 1.2f; ratio += 0.01f)
        {
            foreach (float advantage in new[] { -1f, 1 })
            {
                double plain = -advantage * ratio, bounded = -advantage * Math.Exp(Math.Clamp(Math.Log(ratio), -0.025, 0.05));
                double expected = Math.Max(plain, bounded);
                expected = advantage < 0 ? Math.Min(expected, Math.Exp(0.05)) : expected;
                Assert.Equal(expected, PositionClipping.Token(ratio, advantage, 1, options).Loss, 1e-6);
            }
        }
    }

    [Fact]
    public void Positions_are_counted_over_policy_tokens_and_the_two_halves_are_reported()
    {
        PathBatch batch = Batches.Create([5]);
        batch.Mask[0] = 0;
        batch.Advantage.Fill(1);
        PositionClipping clipping = new(new PositionClippingOptions { High = 0.1 });
        Surrogate surrogate = Surrogate.Allocate(5);
        clipping.Apply(batch, [1, 1.05f, 1.11f, 1.2f, 1.4f], surrogate);
        Assert.Equal([0, 0, 0, ClipMark.TrustRegion, ClipMark.TrustRegion], surrogate.Clipped.ToArray());
        Assert.Equal([0, 1], clipping.Metrics.Select(metric => metric.Value));
    }

    [Fact]
    public void The_cumulative_ratio_is_unbiased_for_what_a_token_can_see_and_less_biased_for_outcomes_than_the_token_ratio()
    {
        // Reward 1 where both tokens are 0. Gradient with respect to the logit of token 0, at the second position and summed over both.
        double onPolicy = 0, token = 0, cumulative = 0, outcomeTruth = 0, outcomeToken = 0, outcomeCumulative = 0, outcomeSequence = 0;
        double first = 0, firstSquare = 0, both = 0, bothSquare = 0;
        for (int a = 0; a < 2; a++)
        {
            for (int b = 0; b < 2; b++)
            {
                double data = Behaviour[a] * Behaviour[b], reward = a == 0 && b == 0 ? 1 : 0;
                double scoreA = (a == 0 ? 1 : 0) - Target[0], scoreB = (b == 0 ? 1 : 0) - Target[0];
                float[] d = [(float)Math.Log(Target[a] / Behaviour[a]), (float)Math.Log(Target[b] / Behaviour[b])];
                double[] log = LogRatios(d, [1, 1], CumulativeMode.Product);
                double r1 = Math.Exp(d[0]), r2 = Math.Exp(d[1]), c2 = Math.Exp(log[1]);
                onPolicy += Target[a] * Target[b] * reward * scoreB;
                token += data * r2 * reward * scoreB;
                cumulative += data * c2 * reward * scoreB;
                outcomeTruth += Target[a] * Target[b] * reward * (scoreA + scoreB);
                outcomeToken += data * reward * ((r1 * scoreA) + (r2 * scoreB));
                outcomeCumulative += data * reward * ((r1 * scoreA) + (c2 * scoreB));
                outcomeSequence += data * reward * c2 * (scoreA + scoreB);
                first += data * r1;
                firstSquare += data * r1 * r1;
                both += data * c2;
                bothSquare += data * c2 * c2;
            }
        }

        Assert.Equal([0.128, 0.08, 0.128], [onPolicy, token, cumulative], new Near(1e-6));
        Assert.Equal([0.256, 0.16, 0.208, 0.256], [outcomeTruth, outcomeToken, outcomeCumulative, outcomeSequence], new Near(1e-6));
        Assert.Equal([0.36, 0.8496], [firstSquare - (first * first), bothSquare - (both * both)], new Near(1e-6));
    }

    [Fact]
    public void The_smallest_ratio_of_the_prefix_stands_in_for_its_product()
    {
        float[] ratio = [1.2f, 0.5f, 2, 1], prefix = new float[4];
        MinimumPrefixRatio.Minimum(ratio, [1, 1, 1, 1], prefix);
        Assert.Equal([1, 1.2f, 0.5f, 0.5f], prefix);
        Assert.Equal([1.2f, 0.6f, 1, 0.5f], ratio.Zip(prefix, (r, p) => r * p));
        MinimumPrefixRatio.Minimum(ratio, [1, 0, 1, 1], prefix);
        Assert.Equal([1, 1.2f, 1.2f, 1.2f], prefix);
    }

    [Fact]
    public void The_minimum_never_rises_after_the_first_token()
    {
        PathBatch batch = Batches.Random(6);
        float[] ratio = new float[batch.TokenCount], prefix = new float[batch.TokenCount];
        TokenRatio.Compute(batch.Current, batch.Old, batch.Mask, ratio);
        MinimumPrefixRatio.Minimum(ratio, batch.Mask, prefix);
        int first = batch.Mask.IndexOf(1f);
        for (int t = first + 2; t < prefix.Length; t++)
        {
            Assert.True(prefix[t] <= prefix[t - 1]);
        }
    }

    [Fact]
    public void A_prefix_above_one_can_raise_the_weight_until_the_bound_of_the_clip()
    {
        PathBatch batch = Batches.Create([3]);
        batch.Advantage.Fill(1);
        float[] old = [-1, -1, -1], current = [-0.8f, -0.8f, -0.8f];
        old.CopyTo(batch.Old);
        current.CopyTo(batch.Current);
        float[] ratio = new float[3];
        new MinimumPrefixRatio().Compute(batch, ratio, new byte[3]);
        Assert.Equal(MathF.Exp(0.2f), ratio[0], 1e-6f);
        Assert.Equal(MathF.Exp(0.4f), ratio[1], 1e-5f);
        float[] gradient = new float[3];
        TrustRegionObjectives.MinPro.CreateObjective().Evaluate(batch, PolicyObjectiveTests.Gradients(gradient));
        Assert.Equal(-1.28f / 3, gradient[1], 1e-6f);
    }

    [Fact]
    public void On_policy_and_for_single_tokens_minpro_is_cispo()
    {
        PathBatch onPolicy = Batches.Random(4, spread: 0), single = Batches.Create([1, 1, 1]);
        for (int t = 0; t < 3; t++)
        {
            (single.Old[t], single.Current[t], single.Advantage[t]) = (-1, -1 + (0.3f * (t - 1)), t - 0.5f);
        }

        foreach (PathBatch batch in new[] { onPolicy, single })
        {
            Assert.Equal(Gradient(TrustRegionObjectives.MinPro with { Ratio = new(TokenRatio.Definition) }, batch), Gradient(TrustRegionObjectives.MinPro, batch));
        }
    }

    [Fact]
    public void Ctpo_with_single_tokens_and_equal_samplers_is_ppo_in_log_space()
    {
        PathBatch batch = Batches.Create([1, 1, 1]);
        for (int t = 0; t < 3; t++)
        {
            (batch.Old[t], batch.Behaviour[t], batch.Current[t], batch.Advantage[t]) = (-1, -1, -1 + (0.04f * (t - 1)), t == 1 ? -1 : 1);
        }

        PpoClippingOptions ppo = new() { Low = 1 - Math.Exp(-0.025), High = Math.Exp(0.05) - 1, DualClip = Math.Exp(0.05) };
        PolicyObjective expected = new(new TokenRatio(), null, new PpoClipping(ppo), [], MeanAggregation.TokenMean());
        float[] gradient = new float[3];
        expected.Evaluate(batch, PolicyObjectiveTests.Gradients(gradient));
        Assert.Equal(gradient, Gradient(TrustRegionObjectives.Ctpo, batch));
    }

    private static float[] Gradient(ObjectivePreset preset, PathBatch batch)
    {
        float[] gradient = new float[batch.TokenCount];
        preset.CreateObjective().Evaluate(batch, PolicyObjectiveTests.Gradients(gradient));
        return gradient;
    }

    private static double[] LogRatios(float[] difference, float[] mask, CumulativeMode mode)
    {
        double[] result = new double[difference.Length];
        CumulativeRatio.LogRatios(difference, new float[difference.Length], mask, mode, result);
        return result;
    }

    private sealed class Near(double tolerance) : IEqualityComparer<double>
    {
        public bool Equals(double x, double y) => Math.Abs(x - y) <= tolerance;

        public int GetHashCode(double value) => 0;
    }
}
