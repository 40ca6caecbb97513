using Proximal.Analysis.Diagnostics;
using Proximal.Analysis.Statistics;

namespace Proximal.Analysis.Tests.Diagnostics;

public class BatchDiagnosticsTests
{
    [Fact]
    public void Token_covariance_centres_on_the_counted_tokens()
    {
        double[] covariance = new double[4];
        bool[] mask = [true, true, true, false];
        TokenCovariance.Compute([-1, -2, -3, 99], [1, 0, -1, 99], mask, covariance);
        Assert.Equal([1, 0, 1, double.NaN], covariance);
        Assert.Equal(new TokenCovariance(2.0 / 3, 1, 2.0 / 3), TokenCovariance.Summarize(covariance, mask));
        Assert.True(double.IsNaN(TokenCovariance.Summarize(covariance, new bool[4]).Mean));
    }

    [Fact]
    public void Entropy_curve_finds_collapse_explosion_and_tracking_error()
    {
        double[] curve = [1, 0.8, double.NaN, 0.09, 2.5];
        Assert.Equal(3, EntropyCurve.CollapseStep(curve));
        Assert.Equal(4, EntropyCurve.ExplosionStep(curve));
        Assert.Null(EntropyCurve.CollapseStep([]));
        Assert.Null(EntropyCurve.ExplosionStep([1, 1.9]));
        Assert.Equal(0.5, EntropyCurve.TrackingError([0, double.NaN, 1], 0.5), 12);
        double[] variance = new double[4];
        EntropyCurve.SlidingVariance([1, 3, 3, 7], 2, variance);
        Assert.Equal([double.NaN, 1, 0, 4], variance);
    }

    [Fact]
    public void Reward_entropy_law_recovers_its_coefficients()
    {
        var law = RewardEntropyLaw.Fit([0, 0.5, 1], [0.5, 0.305384, -0.015485]);
        Assert.Equal(0.3, law.A, 5);
        Assert.Equal(0.8, law.B, 5);
        Assert.Equal(1, law.RSquared, 6);
        Assert.Equal(0.5, law.Ceiling, 5);
        Assert.Equal(0.305384, law.Predict(0.5), 5);
        Assert.True(double.IsNaN(RewardEntropyLaw.Fit([1, 1], [0, 1]).A));
        Assert.True(double.IsNaN(RewardEntropyLaw.Fit([], []).A));
    }

    [Fact]
    public void Distinct_n_pools_texts_without_crossing_them()
    {
        Assert.Equal(2.0 / 3, Diversity.DistinctN([1, 2, 1, 2], 2), 12);
        Assert.Equal(0.5, Diversity.DistinctN([1, 2, 1, 2], [0, 2, 4], 2), 12);
        Assert.True(double.IsNaN(Diversity.DistinctN([1], 2)));
    }

    [Fact]
    public void Levenshtein_distance_of_kitten_and_sitting_is_three()
    {
        Assert.Equal(3, Diversity.Levenshtein("kitten".Select(c => (int)c).ToArray(), "sitting".Select(c => (int)c).ToArray()));
        Assert.Equal(2, Diversity.Levenshtein([], [1, 2]));
        Assert.Equal((0.5 + 1 + 1) / 3, Diversity.MeanPairwiseDistance([1, 2, 1, 3, 9], [0, 2, 4, 5]), 12);
        Assert.Equal(0, Diversity.MeanPairwiseDistance([], [0, 0, 0]));
    }

    [Fact]
    public void Distinct_correct_answers_are_counted_once() =>
        Assert.Equal(2, Diversity.DistinctCorrect(["1+2", "2+1", "1+2", "5", null], [true, true, true, false, true]));

    [Fact]
    public void Semantic_entropy_of_the_card()
    {
        int[] clusters = new int[3];
        string[] answers = ["A", "A", "B"];
        int count = SemanticEntropy.Cluster((a, b) => answers[a] == answers[b], clusters);
        Assert.Equal([0, 0, 1], clusters);
        Assert.Equal(0.450561, SemanticEntropy.OfSamples([Math.Log(0.3), Math.Log(0.2), Math.Log(0.1)], clusters, count), 6);
        Assert.Equal(0.636514, SemanticEntropy.OfMasses([2, 1]), 6);
        Assert.True(double.IsNaN(SemanticEntropy.OfMasses([])));
    }

    [Fact]
    public void Group_health_counts_groups_that_can_teach()
    {
        var health = GroupHealth.Compute([1, 1, 0, 1, 0, 0, 0.5, 0.2], [true, true, false, true, false, false, false, false], [0, 2, 4, 6, 8, 8]);
        Assert.Equal(new GroupHealth(4, 0.5, 0.25, 0.5), health);
        Assert.True(double.IsNaN(GroupHealth.Compute([], [], [0]).EffectiveRate));
    }

    [Fact]
    public void Advantage_health_gives_shares_mean_and_skew()
    {
        var health = AdvantageHealth.Compute([1, -1, -1, 0, 100], [true, true, true, true, false]);
        Assert.Equal((0.25, 0.5, -0.25), (health.PositiveShare, health.NegativeShare, health.Mean));
        Assert.True(health.Skew > 0);
        Assert.True(double.IsNaN(AdvantageHealth.Compute([1], [false]).PositiveShare));
    }

    [Fact]
    public void Branch_scores_reward_probability_on_the_useful_child()
    {
        double[] eta = [BranchCovariance.RelativeSuccess(1, 0.5), BranchCovariance.RelativeSuccess(0, 0.5)];
        Assert.Equal([0.8, -1.2], eta.Select(x => Math.Round(x, 12)));
        Assert.Equal(-0.6, BranchCovariance.Score(eta, [0.5, 0.5]), 12);
        Assert.Equal(1.8, BranchCovariance.Score(eta, [0.9, 0.1]), 12);
        Assert.Equal(0.4, BranchCovariance.Compute([.. eta, double.NaN], [0.9, 0.1, 0.3]), 12);
        Assert.Equal(1, BranchCovariance.RelativeSuccess(1, 0.5, double.PositiveInfinity), 12);
        Assert.True(double.IsNaN(BranchCovariance.RelativeSuccess(1, 0)));
    }

    [Fact]
    public void Attention_entropy_tells_uniform_from_collapsed_heads()
    {
        double[] means = new double[2], shares = new double[4];
        AttentionEntropy.HeadMeans([0.5f, 0.5f, 0.5f, 0.5f, 1, 0, 0, 1], 2, 2, means);
        Assert.Equal([Math.Log(2), 0], means);
        AttentionEntropy.BandShares(means, 2, shares);
        Assert.Equal([0.5, 0, 0, 0.5], shares);
        float[] causal = [1, 0, 0, 0, 0.5f, 0.5f, 0, 0, 1f / 3, 1f / 3, 1f / 3, 0, 0.25f, 0.25f, 0.25f, 0.25f];
        AttentionEntropy.HeadMeans(causal, 4, 4, means.AsSpan(0, 1));
        Assert.Equal(Math.Log(24) / 4, means[0], 6);
    }

    [Fact]
    public void Entropy_features_of_the_card()
    {
        var features = EntropyFeatures.Compute([4, 1, 6, 1, 2]);
        Assert.Equal((1, 2, 4), (features.FirstQuartile, features.Median, features.ThirdQuartile));
        Assert.Equal(1.0 / 3, features.BowleySkew, 12);
        Assert.Equal(0.692526, features.CoefficientOfVariation, 6);
        Assert.Equal(0.307474, features.Stability, 6);
        Assert.Equal(2.0 / 3, features.TailWeight, 12);
        Assert.Equal((14, 6, 1), (features.Sum, features.Maximum, features.Minimum));
        Assert.Equal(-0.4, EntropyFeatures.Slope([1.0, 0.6]), 12);
        Assert.Equal(0.2, EntropyFeatures.Volatility([1.0, 0.6]), 12);
        Assert.True(double.IsNaN(EntropyFeatures.Compute([]).Mean));
    }

    [Fact]
    public void Trace_similarity_of_the_card()
    {
        Assert.Equal(1, TraceSimilarity.LengthPenalizedCosine([1, 2, 3], [1, 2, 3]), 12);
        Assert.Equal(0.496904, TraceSimilarity.LengthPenalizedCosine([1, 2], [1, 2, 2]), 6);
        Assert.Equal(0.496904, TraceSimilarity.LengthPenalizedCosine([1, 2, 2], [3, 6]), 6);
        Assert.Equal(0, TraceSimilarity.LengthPenalizedCosine([], [1]));
        Assert.Equal(0.875, RocCurve.Area([0.9, 0.5], [0.5, 0.1]), 12);
        Assert.Equal(0.125, RocCurve.Area([0.5, 0.1], [0.9, 0.5]), 12);
        Assert.Equal(0.5, RocCurve.Area([1, 1], [1]), 12);
        Assert.True(double.IsNaN(RocCurve.Area([], [1])));
        Assert.True(double.IsNaN(RocCurve.Area([1], [double.NaN])));
    }

    [Fact]
    public void Support_shrinks_and_expands()
    {
        Assert.Equal([0, 2], Support.Empirical([0.5, 0.01, 0.49], 0.1));
        Assert.Equal((0.7 + 0) / 2, Support.Coverage([2, 0], 5, 2), 12);
        var (shrunk, expanded) = Support.Compare([true, true, false, false], [true, false, true, false]);
        Assert.Equal([1], shrunk);
        Assert.Equal([2], expanded);
    }
}
