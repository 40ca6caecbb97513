using Proximal.Aggregation;
using Proximal.Clipping;
using Proximal.Objectives;
using Proximal.Ratios;
using Proximal.Rollouts;
using Proximal.Selection;
using Proximal.Tests.Objectives;

namespace Proximal.Tests.Clipping;

public sealed class RegularizedReinforceTests
{
    [Theory]
    [InlineData(1, 1.5, RegionMask.OneSide, false)]
    [InlineData(1, 0.3, RegionMask.OneSide, true)]
    [InlineData(1, 0.3, RegionMask.TwoSide, false)]
    [InlineData(1, 0.3, RegionMask.Ring, true)]
    [InlineData(1, 0.7, RegionMask.Ring, false)]
    [InlineData(-1, 1.5, RegionMask.OneSide, true)]
    [InlineData(-1, 1.5, RegionMask.TwoSide, false)]
    [InlineData(-1, 1.5, RegionMask.Ring, false)]
    [InlineData(-1, 3.5, RegionMask.Ring, true)]
    [InlineData(1, 9, RegionMask.None, true)]
    public void Regions_follow_the_table(double advantage, double ratio, RegionMask region, bool keeps) =>
        Assert.Equal(keeps, RegularizedReinforce.Keeps(ratio, advantage, new RegularizedReinforceOptions { Region = region }));

    [Fact]
    public void One_side_with_importance_weights_has_the_gradient_of_ppo()
    {
        for (ulong seed = 1; seed < 10; seed++)
        {
            PathBatch batch = Batches.Random(seed);
            AssertNear(Gradient(batch, new PpoClipping(new())), Gradient(batch, new RegularizedReinforce(new RegularizedReinforceOptions { Weight = SampleWeight.Importance })));
        }
    }

    [Fact]
    public void The_forward_penalty_raises_every_advantage_by_tau()
    {
        PathBatch batch = Batches.Random(3);
        RegularizedReinforceOptions plain = new() { Region = RegionMask.None };
        float[] penalized = Gradient(batch, new RegularizedReinforce(plain with { Penalty = AnchorPenalty.Forward, Tau = 0.3 }));
        batch.Weight.Fill(1);
        float[] forward = Gradient(batch, new RegularizedReinforce(plain with { Penalty = AnchorPenalty.Forward, Tau = 0.3 }));
        for (int t = 0; t < batch.TokenCount; t++)
        {
            batch.Advantage[t] += 0.3f;
        }

        AssertNear(Gradient(batch, new RegularizedReinforce(plain)), forward);
        Assert.NotEqual(forward, penalized);
    }

    [Fact]
    public void On_policy_every_region_is_reinforce()
    {
        PathBatch batch = Batches.Random(4, spread: 0);
        float[] reinforce = Gradient(batch, new PolicyGradientSurrogate());
        foreach (RegionMask region in Enum.GetValues<RegionMask>())
        {
            foreach (SampleWeight weight in new[] { SampleWeight.None, SampleWeight.Importance, SampleWeight.Truncated })
            {
                Assert.Equal(reinforce, Gradient(batch, new RegularizedReinforce(new RegularizedReinforceOptions { Region = region, Weight = weight })));
            }
        }
    }

    [Fact]
    public void The_squared_penalty_pulls_back_by_twice_tau_times_the_log_ratio_and_plain_opmd_divides_by_one_plus_tau()
    {
        PathBatch batch = Batches.Create([2]);
        float[] current = [-1, -2], old = [-1.5f, -1];
        current.CopyTo(batch.Current);
        old.CopyTo(batch.Old);
        RegularizedReinforceOptions options = new() { Region = RegionMask.None, Penalty = AnchorPenalty.Squared, Tau = 0.1 };
        Assert.Equal([0.05f, -0.1f], Gradient(batch, new RegularizedReinforce(options)));
        AssertNear([0.05f / 1.1f, -0.1f / 1.1f], Gradient(batch, new RegularizedReinforce(options with { Scaled = true })));
    }

    [Fact]
    public void Weights_are_the_ratio_the_bounded_ratio_or_the_exponential_of_the_advantage()
    {
        RegularizedReinforceOptions options = new() { Temperature = 0.5 };
        Assert.Equal(4, RegularizedReinforce.Weight(4, 1, options with { Weight = SampleWeight.Importance }));
        Assert.Equal(3, RegularizedReinforce.Weight(4, 1, options with { Weight = SampleWeight.Truncated }));
        Assert.Equal(0.4, RegularizedReinforce.Weight(0.1, 1, options with { Weight = SampleWeight.Truncated }), 1e-12);
        Assert.Equal(Math.Exp(2), RegularizedReinforce.Weight(4, 1, options with { Weight = SampleWeight.Advantage }), 1e-12);
    }

    [Fact]
    public void At_the_anchor_the_pairwise_surrogate_descends_along_group_relative_reinforce()
    {
        // A softmax over six responses of which four were drawn: the gradient with respect to the logits by central differences.
        double[] logits = [0.3, -0.4, 1.1, 0, -1, 0.6], rewards = [1, 0, 0.4, 0.9];
        int[] drawn = [1, 2, 4, 5];
        const double Tau = 0.7, Step = 1e-5;
        double[] anchor = LogSoftmax(logits), slope = new double[6], reinforce = new double[6];
        for (int k = 0; k < 6; k++)
        {
            slope[k] = (Loss(k, Step) - Loss(k, -Step)) / (2 * Step);
            for (int i = 0; i < drawn.Length; i++)
            {
                reinforce[k] -= (rewards[i] - rewards.Average()) * ((drawn[i] == k ? 1 : 0) - Math.Exp(anchor[k]));
            }
        }

        double dot = slope.Zip(reinforce, (a, b) => a * b).Sum();
        Assert.Equal(1, dot / Math.Sqrt(slope.Sum(x => x * x) * reinforce.Sum(x => x * x)), 1e-8);

        double Loss(int index, double step)
        {
            double[] moved = [.. logits];
            moved[index] += step;
            double[] now = LogSoftmax(moved);
            return PairwiseSurrogate.Loss(rewards, [.. drawn.Select(y => now[y] - anchor[y])], Tau);
        }
    }

    [Fact]
    public void The_gradient_of_the_pairwise_surrogate_equals_central_differences()
    {
        double[] rewards = [1, 0, 0.5], differences = [0.1, -0.3, 0.2], gradient = new double[3];
        PairwiseSurrogate.Gradient(rewards, differences, 0.4, gradient);
        for (int i = 0; i < 3; i++)
        {
            double[] up = [.. differences], down = [.. differences];
            up[i] += 1e-6;
            down[i] -= 1e-6;
            Assert.Equal((PairwiseSurrogate.Loss(rewards, up, 0.4) - PairwiseSurrogate.Loss(rewards, down, 0.4)) / 2e-6, gradient[i], 1e-8);
        }
    }

    [Fact]
    public void Surplus_negatives_are_dropped_at_random_within_each_group()
    {
        bool[] dropped = new bool[5];
        for (int step = 0; step < 40; step++)
        {
            PathBatch batch = Batches.Create([2, 2, 2, 2, 2], [1, 1]);
            batch.Step = step;
            for (int path = 0; path < 7; path++)
            {
                batch.Advantage[batch.Path(path)].Fill(path is 1 or 3 or 5 ? 1 : path == 6 ? 0 : -1);
            }

            new NegativeDrop().Select(batch);
            int kept = 0;
            for (int path = 0; path < 5; path++)
            {
                bool keeps = batch.Mask[batch.Path(path)][0] == 1;
                kept += keeps ? 1 : 0;
                dropped[path] |= !keeps;
                Assert.Equal(batch.Mask[batch.Path(path)].ToArray(), batch.Weight[batch.Path(path)].ToArray());
            }

            Assert.Equal(4, kept);
            Assert.Equal([1, 1], batch.Mask[10..].ToArray());
        }

        Assert.Equal([true, false, true, false, true], dropped);
    }

    private static double[] LogSoftmax(double[] logits)
    {
        double total = Math.Log(logits.Sum(Math.Exp));
        return [.. logits.Select(z => z - total)];
    }

    private static float[] Gradient(PathBatch batch, IClipping clipping)
    {
        float[] gradient = new float[batch.TokenCount];
        new PolicyObjective(new TokenRatio(), null, clipping, [], MeanAggregation.TokenMean()).Evaluate(batch, PolicyObjectiveTests.Gradients(gradient));
        return gradient;
    }

    private static void AssertNear(float[] expected, float[] actual)
    {
        for (int t = 0; t < expected.Length; t++)
        {
            Assert.Equal(expected[t], actual[t], 1e-6f);
        }
    }
}
