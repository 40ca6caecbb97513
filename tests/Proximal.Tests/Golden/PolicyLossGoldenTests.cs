using System.Text.Json;
using Proximal.Advantages;
using Proximal.Aggregation;
using Proximal.Clipping;
using Proximal.Objectives;
using Proximal.Ratios;
using Proximal.Regularizers;
using Proximal.Rollouts;

namespace Proximal.Tests.Golden;

/// <summary>Values, gradients and metrics against numbers computed with verl's core algorithms in float32.</summary>
public sealed class PolicyLossGoldenTests
{
    public static TheoryData<string, string> Cases()
    {
        TheoryData<string, string> cases = [];
        foreach (string path in GoldenFile.Paths())
        {
            foreach (string name in GoldenFile.CaseNames(path))
            {
                cases.Add(path, name);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Equals_the_reference_implementation(string path, string name)
    {
        using GoldenFile file = new(path);
        JsonElement golden = file.Case(name);
        if (name.StartsWith("kl/", StringComparison.Ordinal))
        {
            CheckDivergence(file, golden, name[3..]);
        }
        else if (name.StartsWith("value_loss", StringComparison.Ordinal))
        {
            CheckValueLoss(file, golden);
        }
        else if (name.StartsWith("clip_cov", StringComparison.Ordinal))
        {
            CheckCovarianceClipping(file, golden);
        }
        else if (golden.TryGetProperty("grad_log_prob", out _))
        {
            CheckPolicyLoss(file, golden, name);
        }
        else
        {
            CheckAdvantage(file, golden, name);
        }
    }

    private static void CheckAdvantage(GoldenFile file, JsonElement golden, string name)
    {
        bool dense = name.StartsWith("gae", StringComparison.Ordinal) || name == "reinforce_pp";
        PathBatch batch = file.CreateBatch(dense ? "dense_rewards" : "token_level_rewards");
        if (golden.TryGetProperty("baseline", out JsonElement baselines))
        {
            float[] perPath = file.PerPath(baselines);
            for (int group = 0; group < batch.GroupCount; group++)
            {
                batch.GreedyRewards[group] = perPath[batch.GroupOffsets[group]];
            }
        }

        Advantage(golden, name).Compute(batch);
        AssertColumn(file.Column(golden.GetProperty("advantages")), batch.Advantage, batch.Mask);
        if (golden.TryGetProperty("returns", out JsonElement returns))
        {
            AssertColumn(file.Column(returns), batch.Returns, batch.Mask);
        }
    }

    private static IAdvantage Advantage(JsonElement golden, string name)
    {
        double Number(string key, double fallback) => golden.TryGetProperty(key, out JsonElement value) ? value.GetDouble() : fallback;
        bool normalize = !golden.TryGetProperty("norm_by_std", out JsonElement flag) || flag.GetBoolean();
        GroupNormalization normalization = normalize ? GroupNormalization.SampleDeviation : GroupNormalization.None;
        return name switch
        {
            _ when name.StartsWith("gae", StringComparison.Ordinal) =>
                new GeneralizedAdvantage(new GeneralizedAdvantageOptions { Discount = Number("gamma", 1), Trace = Number("lam", 1) }),
            _ when name.StartsWith("grpo_passk", StringComparison.Ordinal) => new PassAtKAdvantage(new GroupRelativeOptions { Normalization = normalization }),
            _ when name.StartsWith("grpo", StringComparison.Ordinal) => new GroupRelativeAdvantage(new GroupRelativeOptions { Normalization = normalization }),
            _ when name.StartsWith("rloo", StringComparison.Ordinal) => new LeaveOneOutAdvantage(),
            _ when name.StartsWith("reinforce_pp_baseline", StringComparison.Ordinal) => new ReinforcePlusPlusBaselineAdvantage(),
            _ when name.StartsWith("reinforce_pp", StringComparison.Ordinal) => ReinforcePlusPlusAdvantage.Create(new RewardToGoOptions { Discount = Number("gamma", 1) }),
            _ when name.StartsWith("remax", StringComparison.Ordinal) => new ReMaxAdvantage(),
            _ when name.StartsWith("opo", StringComparison.Ordinal) => new OptimalBaselineAdvantage(),
            _ when name.StartsWith("gpg", StringComparison.Ordinal) => new PolicyGradientAdvantage(new PolicyGradientAdvantageOptions()),
            _ => throw new InvalidDataException($"No advantage for the golden case '{name}'."),
        };
    }

    private static void CheckPolicyLoss(GoldenFile file, JsonElement golden, string name)
    {
        PathBatch batch = file.CreateBatch();
        JsonElement config = golden.GetProperty("config");
        double low = Number(config, "clip_ratio_low", 0.2), high = Number(config, "clip_ratio_high", 0.28);
        bool geometric = name.StartsWith("geo_mean", StringComparison.Ordinal);
        IRatio ratio = geometric
            ? new GeometricMeanRatio(new GeometricMeanOptions { Low = low, High = high })
            : name.StartsWith("gspo", StringComparison.Ordinal) ? new SequenceRatio() : new TokenRatio();
        IClipping clipping = name switch
        {
            _ when geometric => new UnclippedSurrogate(),
            _ when name.StartsWith("ppo_clip", StringComparison.Ordinal) =>
                new PpoClipping(new PpoClippingOptions { Low = low, High = high, DualClip = Number(config, "clip_ratio_c", 3) }),
            _ when name.StartsWith("gspo", StringComparison.Ordinal) => new PpoClipping(new PpoClippingOptions { Low = low, High = high }),
            _ when name.StartsWith("sapo", StringComparison.Ordinal) => new SoftGateClipping(new SoftGateOptions
            {
                PositiveTemperature = Number(config, "tau_pos", 1),
                NegativeTemperature = Number(config, "tau_neg", 1.05),
            }),
            _ when name.StartsWith("gpg", StringComparison.Ordinal) => new GroupPolicyGradient(),
            _ when name.StartsWith("cispo", StringComparison.Ordinal) => new CispoClipping(new CispoClippingOptions { Low = low, High = high }),
            _ when name.StartsWith("kl_cov", StringComparison.Ordinal) => new CovariancePenalty(new CovariancePenaltyOptions
            {
                Share = Number(config, "kl_cov_ratio", 0.0002),
                Coefficient = Number(config, "ppo_kl_coef", 1),
            }),
            _ => throw new InvalidDataException($"No surrogate for the golden case '{name}'."),
        };
        string mode = geometric ? "seq-mean-token-mean" : golden.GetProperty("agg").GetString()!;
        PolicyObjective objective = new(ratio, null, clipping, [], Aggregation(mode, file.Columns));
        float[] gradient = new float[batch.TokenCount];
        ObjectiveMetrics metrics = objective.Evaluate(batch, Gradients(gradient));

        AssertNumber(golden.GetProperty("loss").GetDouble(), metrics.Loss);
        AssertColumn(file.Column(golden.GetProperty("grad_log_prob")), gradient, batch.Mask);
        (double clipped, double lower) = geometric ? GeometricClips(batch, low, high) : (metrics.ClipFraction, metrics.DualClipFraction);
        double divergence = name.StartsWith("kl_cov", StringComparison.Ordinal) ? MeanAbsolute(batch) : metrics.ApproximateDivergence;
        foreach (JsonProperty metric in golden.GetProperty("metrics").EnumerateObject())
        {
            double actual = metric.Name switch
            {
                "actor/pg_clipfrac" => clipped,
                "actor/pg_clipfrac_lower" => lower,
                "actor/ppo_kl" => divergence,
                _ => throw new InvalidDataException($"No metric for '{metric.Name}'."),
            };
            AssertNumber(metric.Value.GetDouble(), actual);
        }
    }

    /// <summary>Which tokens are drawn is random, so each gradient must be that of PPO or, on as many tokens as the share allows, zero inside the band.</summary>
    private static void CheckCovarianceClipping(GoldenFile file, JsonElement golden)
    {
        PathBatch batch = file.CreateBatch();
        JsonElement config = golden.GetProperty("config");
        CovarianceClippingOptions options = new()
        {
            Low = Number(config, "clip_ratio_low", 0.2),
            High = Number(config, "clip_ratio_high", 0.28),
            Share = Number(config, "clip_cov_ratio", 2e-4),
            LowerBound = Number(config, "clip_cov_lb", 1),
            UpperBound = Number(config, "clip_cov_ub", 5),
        };
        IAggregation aggregation = Aggregation(golden.GetProperty("agg").GetString()!, file.Columns);
        float[] plain = new float[batch.TokenCount], drawn = new float[batch.TokenCount], weights = new float[batch.TokenCount], covariance = new float[batch.TokenCount];
        PolicyObjective ppo = new(new TokenRatio(), null, new PpoClipping(new PpoClippingOptions { Low = options.Low, High = options.High }), [], aggregation);
        ppo.Evaluate(batch, Gradients(plain));
        PolicyObjective objective = new(new TokenRatio(), null, new CovarianceClipping(options), [], aggregation);
        ObjectiveMetrics metrics = objective.Evaluate(batch, Gradients(drawn));
        aggregation.Compute(batch, weights);
        TokenCovariance.Compute(batch.Current, batch.Advantage, batch.Mask, covariance);

        float[] expected = file.Column(golden.GetProperty("grad_log_prob"));
        double loss = 0;
        int chosen = 0, ours = 0;
        for (int t = 0; t < expected.Length; t++)
        {
            bool candidate = plain[t] != 0 && covariance[t] > options.LowerBound && covariance[t] < options.UpperBound;
            float ratio = MathF.Exp(batch.Current[t] - batch.Old[t]);
            bool kept = !(candidate && expected[t] == 0);
            chosen += kept ? 0 : 1;
            loss += kept ? weights[t] * PpoClipping.Token(ratio, batch.Advantage[t], (float)options.Low, (float)options.High, 0).Loss : 0;
            Assert.Equal(kept ? plain[t] : 0, expected[t], 1e-5 * Math.Abs(expected[t]) + 1e-8);
            ours += plain[t] != drawn[t] ? 1 : 0;
            Assert.True(plain[t] == drawn[t] || (candidate && drawn[t] == 0));
        }

        Assert.Equal(chosen, ours);
        AssertNumber(golden.GetProperty("loss").GetDouble(), loss);
        AssertNumber(golden.GetProperty("metrics").GetProperty("actor/pg_clipfrac").GetDouble(), metrics.CovarianceFraction);
        AssertNumber(golden.GetProperty("metrics").GetProperty("actor/ppo_kl").GetDouble(), metrics.ApproximateDivergence);
    }

    private static void CheckDivergence(GoldenFile file, JsonElement golden, string name)
    {
        PathBatch batch = file.CreateBatch();
        KlEstimator estimator = name switch
        {
            "kl" or "k1" => KlEstimator.K1,
            "abs" => KlEstimator.Absolute,
            "mse" or "k2" => KlEstimator.K2,
            "low_var_kl" or "k3" => KlEstimator.K3,
            "k1+" => KlEstimator.K1StraightThrough,
            "k3+" => KlEstimator.K3StraightThrough,
            _ => throw new InvalidDataException($"No estimator for 'kl/{name}'."),
        };
        float[] value = new float[batch.TokenCount], gradient = new float[batch.TokenCount];
        KlDivergence.Compute(estimator, batch.Current, batch.Reference, batch.Mask, value, gradient);
        AssertColumn(file.Column(golden.GetProperty("value")), value, batch.Mask);
    }

    private static void CheckValueLoss(GoldenFile file, JsonElement golden)
    {
        PathBatch batch = file.CreateBatch();
        file.Column(golden.GetProperty("vpreds")).CopyTo(batch.Values);
        file.Column(golden.GetProperty("returns")).CopyTo(batch.Returns);
        file.Column(golden.GetProperty("old_values")).CopyTo(batch.OldValues);
        string mode = golden.TryGetProperty("agg", out JsonElement agg) ? agg.GetString()! : "token-mean";
        ValueObjective objective = new(new ValueObjectiveOptions { Clip = golden.GetProperty("cliprange_value").GetDouble() }, Aggregation(mode, file.Columns));
        float[] gradient = new float[batch.TokenCount];
        ValueMetrics metrics = objective.Evaluate(batch, gradient);
        AssertNumber(golden.GetProperty("loss").GetDouble(), metrics.Loss);
        AssertNumber(golden.GetProperty("clipfrac").GetDouble(), metrics.ClipFraction);
        foreach (string key in new[] { "grad_vpreds", "grad" })
        {
            if (golden.TryGetProperty(key, out JsonElement expected))
            {
                AssertColumn(file.Column(expected), gradient, batch.Mask);
            }
        }
    }

    private static (double Positive, double Negative) GeometricClips(PathBatch batch, double low, double high)
    {
        int positive = 0, negative = 0, tokens = 0;
        for (int path = 0; path < batch.PathCount; path++)
        {
            Range range = batch.Path(path);
            ReadOnlySpan<float> advantage = batch.Advantage[range], mask = batch.Mask[range];
            float[] slopes = new float[mask.Length];
            byte[] marks = new byte[mask.Length];
            GeometricMeanRatio.Compute(batch.Current[range], batch.Old[range], advantage, mask, low, high, slopes, marks);
            for (int t = 0; t < mask.Length; t++)
            {
                positive += marks[t] != 0 && advantage[t] > 0 ? 1 : 0;
                negative += marks[t] != 0 && advantage[t] < 0 ? 1 : 0;
                tokens += mask[t] == 0 ? 0 : 1;
            }
        }

        return ((double)positive / tokens, (double)negative / tokens);
    }

    private static double MeanAbsolute(PathBatch batch)
    {
        float[] value = new float[batch.TokenCount], gradient = new float[batch.TokenCount];
        KlDivergence.Compute(KlEstimator.Absolute, batch.Current, batch.Old, batch.Mask, value, gradient);
        return value.Sum(v => (double)v) / batch.Mask.ToArray().Count(m => m != 0);
    }

    private static IAggregation Aggregation(string mode, int columns) => mode switch
    {
        "token-mean" => MeanAggregation.TokenMean(),
        "seq-mean-token-sum" => MeanAggregation.SequenceMeanTokenSum(),
        "seq-mean-token-mean" => MeanAggregation.SequenceMeanTokenMean(),
        "seq-mean-token-sum-norm" => new ConstantLengthAggregation(new ConstantLengthOptions { Scale = columns, PerSequence = false }),
        _ => throw new InvalidDataException($"No aggregation '{mode}'."),
    };

    private static ObjectiveGradients Gradients(float[] current) =>
        new() { Current = current, Entropy = new float[current.Length], FullDivergence = new float[current.Length] };

    private static double Number(JsonElement config, string key, double fallback) => config.TryGetProperty(key, out JsonElement value) ? value.GetDouble() : fallback;

    // The reference rounds to float32 at every step: beside the relative bound there is an absolute one at the size of that rounding.
    private static void AssertNumber(double expected, double actual) => Assert.Equal(expected, actual, (1e-5 * Math.Abs(expected)) + 1e-7);

    private static void AssertColumn(float[] expected, ReadOnlySpan<float> actual, ReadOnlySpan<float> mask)
    {
        float largest = expected.Max(Math.Abs);
        for (int t = 0; t < expected.Length; t++)
        {
            if (mask[t] != 0)
            {
                Assert.Equal(expected[t], actual[t], (1e-5 * Math.Abs(expected[t])) + (1e-6 * largest));
            }
        }
    }
}
