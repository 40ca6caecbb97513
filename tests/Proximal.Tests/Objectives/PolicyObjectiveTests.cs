using Proximal.Aggregation;
using Proximal.Clipping;
using Proximal.Objectives;
using Proximal.Ratios;
using Proximal.Regularizers;
using Proximal.Rollouts;

namespace Proximal.Tests.Objectives;

public sealed class PolicyObjectiveTests
{
    public static TheoryData<string, string> Combinations()
    {
        TheoryData<string, string> combinations = [];
        foreach (string ratio in new[] { "token", "sequence", "geometric-mean", "none" })
        {
            foreach (string clipping in new[] { "ppo", "ppo-dual", "none", "unclipped", "cispo", "sapo", "gpg", "kl-cov" })
            {
                combinations.Add(ratio, clipping);
            }
        }

        return combinations;
    }

    [Theory]
    [MemberData(nameof(Combinations))]
    public void Loss_and_gradient_equal_an_independent_formula_and_its_central_differences(string ratio, string clipping)
    {
        for (ulong seed = 1; seed <= 5; seed++)
        {
            PathBatch batch = Batches.Random(seed);
            float[] gradient = new float[batch.TokenCount];
            ObjectiveMetrics metrics = Create(ratio, clipping).Evaluate(batch, Gradients(gradient));
            double[] point = [.. batch.Current.ToArray().Select(x => (double)x)];
            double loss = ReferenceObjective.Loss(batch, ratio, clipping, point, point);
            Assert.Equal(loss, metrics.Loss, 1e-6 * Math.Max(1, Math.Abs(loss)));
            for (int t = 0; t < point.Length; t++)
            {
                const double Step = 1e-6;
                double[] up = [.. point], down = [.. point];
                up[t] += Step;
                down[t] -= Step;
                double slope = (ReferenceObjective.Loss(batch, ratio, clipping, up, point) - ReferenceObjective.Loss(batch, ratio, clipping, down, point)) / (2 * Step);
                Assert.Equal(slope, gradient[t], 1e-6 + (1e-5 * Math.Abs(slope)));
            }
        }
    }

    [Theory]
    [InlineData(KlEstimator.K1)]
    [InlineData(KlEstimator.K2)]
    [InlineData(KlEstimator.K3)]
    [InlineData(KlEstimator.Absolute)]
    public void Gradient_of_a_kl_penalty_equals_central_differences(KlEstimator estimator)
    {
        PathBatch batch = Batches.Random(3);
        batch.Advantage.Clear();
        PolicyObjective objective = new(
            new TokenRatio(), null, new PpoClipping(new()), [new KlRegularizer(new KlRegularizerOptions { Estimator = estimator, Coefficient = 0.5 })], MeanAggregation.TokenMean());
        float[] gradient = new float[batch.TokenCount];
        objective.Evaluate(batch, Gradients(gradient));
        float count = batch.Mask.ToArray().Sum();
        for (int t = 0; t < batch.TokenCount; t++)
        {
            double current = batch.Current[t], reference = batch.Reference[t];
            double slope = (KlDivergence.Token(estimator, current + 1e-6, reference).Value - KlDivergence.Token(estimator, current - 1e-6, reference).Value) / 2e-6;
            Assert.Equal(batch.Mask[t] * 0.5 * slope / count, gradient[t], 1e-6);
        }
    }

    [Fact]
    public void Entropy_and_full_divergence_get_their_own_gradient_columns()
    {
        PathBatch batch = Batches.Random(4);
        PolicyObjective objective = new(
            new TokenRatio(),
            null,
            new PpoClipping(new()),
            [new EntropyBonus(new EntropyBonusOptions { Coefficient = 0.01 }), new KlRegularizer(new KlRegularizerOptions { Estimator = KlEstimator.Full, Coefficient = 0.2 })],
            MeanAggregation.TokenMean());
        float[] current = new float[batch.TokenCount], entropy = new float[batch.TokenCount], divergence = new float[batch.TokenCount];
        ObjectiveMetrics metrics = objective.Evaluate(batch, new ObjectiveGradients { Current = current, Entropy = entropy, FullDivergence = divergence });
        float count = batch.Mask.ToArray().Sum();
        for (int t = 0; t < batch.TokenCount; t++)
        {
            Assert.Equal(batch.Mask[t] * -0.01f / count, entropy[t], 1e-8f);
            Assert.Equal(batch.Mask[t] * 0.2f / count, divergence[t], 1e-8f);
        }

        Assert.Equal(metrics.Entropy, metrics.RegularizerMean(0), 1e-9);
        Assert.Equal(Requirements.FullDivergence, objective.Requirements);
    }

    [Fact]
    public void Splitting_a_minibatch_into_parts_changes_neither_loss_nor_gradient()
    {
        PathBatch batch = Batches.Random(5);
        PolicyObjective objective = new(
            new SequenceRatio(),
            new TruncatedCorrection(new TruncatedCorrectionOptions { Normalization = CorrectionNormalization.Token }),
            new PpoClipping(new()),
            [new EntropyBonus(new())],
            MeanAggregation.SequenceMeanTokenMean());
        float[] whole = new float[batch.TokenCount];
        ObjectiveMetrics metrics = objective.Evaluate(batch, Gradients(whole));
        (double loss, double clipped, double ratio) = (metrics.Loss, metrics.ClipFraction, metrics.RatioMean);

        objective.Prepare(batch);
        double sum = 0;
        for (int group = 0; group < batch.GroupCount; group++)
        {
            PathBatch part = batch.Groups(group, group + 1);
            float[] gradient = new float[part.TokenCount];
            int first = batch.PathOffsets[batch.GroupOffsets[group]];
            sum += objective.EvaluatePart(part, first, Gradients(gradient));
            Assert.Equal(whole.AsSpan(first, part.TokenCount).ToArray(), gradient);
        }

        Assert.Equal(loss, sum, 1e-12);
        Assert.Equal(loss, metrics.Loss, 1e-12);
        Assert.Equal(clipped, metrics.ClipFraction, 1e-12);
        Assert.Equal(ratio, metrics.RatioMean, 1e-12);
    }

    [Fact]
    public void On_policy_ratio_is_exactly_one_and_gradient_is_reinforce()
    {
        PathBatch batch = Batches.Random(6, spread: 0);
        float[] ppo = new float[batch.TokenCount], reinforce = new float[batch.TokenCount];
        ObjectiveMetrics metrics = Create("token", "ppo").Evaluate(batch, Gradients(ppo));
        Create("none", "none").Evaluate(batch, Gradients(reinforce));
        Assert.Equal(reinforce, ppo);
        Assert.Equal((1.0, 1.0, 1.0, 0.0, 0.0), (metrics.RatioMean, metrics.RatioMin, metrics.RatioMax, metrics.ClipFraction, metrics.ApproximateDivergence));
    }

    [Fact]
    public void Equal_policies_of_trainer_and_sampler_leave_the_loss_as_it_is()
    {
        PathBatch batch = Batches.Random(7);
        batch.Old.CopyTo(batch.Behaviour);
        float[] plain = new float[batch.TokenCount], corrected = new float[batch.TokenCount];
        PolicyObjective tis = new(new TokenRatio(), new TruncatedCorrection(new()), new PpoClipping(new()), [], MeanAggregation.TokenMean());
        PolicyObjective ppo = new(new TokenRatio(), null, new PpoClipping(new()), [], MeanAggregation.TokenMean());
        Assert.Equal(ppo.Evaluate(batch, Gradients(plain)).Loss, tis.Evaluate(batch, Gradients(corrected)).Loss);
        Assert.Equal(plain, corrected);
    }

    [Fact]
    public void Zero_advantages_leave_only_the_gradient_of_the_penalty()
    {
        PathBatch batch = Batches.Random(8);
        batch.Advantage.Clear();
        float[] gradient = new float[batch.TokenCount];
        Assert.Equal(0, Create("token", "ppo").Evaluate(batch, Gradients(gradient)).Loss);
        Assert.All(gradient, g => Assert.Equal(0, g));
    }

    [Fact]
    public void An_empty_mask_gives_loss_zero_and_no_gradient()
    {
        PathBatch batch = Batches.Random(9);
        batch.Mask.Clear();
        foreach (object[] combination in Combinations())
        {
            float[] gradient = new float[batch.TokenCount];
            ObjectiveMetrics metrics = Create((string)combination[0], (string)combination[1]).Evaluate(batch, Gradients(gradient));
            Assert.Equal(0, metrics.Loss);
            Assert.Equal(0, metrics.Tokens);
            Assert.All(gradient, g => Assert.Equal(0, g));
        }
    }

    [Fact]
    public void Numbers_under_the_mask_are_never_read()
    {
        PathBatch batch = Batches.Random(10);
        int masked = batch.Mask.IndexOf(0f);
        float[] before = new float[batch.TokenCount], after = new float[batch.TokenCount];
        PolicyObjective objective = Create("token", "ppo");
        double loss = objective.Evaluate(batch, Gradients(before)).Loss;
        batch.Current[masked] = batch.Old[masked] = batch.Advantage[masked] = batch.Entropy[masked] = float.NaN;
        Assert.Equal(loss, objective.Evaluate(batch, Gradients(after)).Loss);
        Assert.Equal(before, after);
    }

    [Fact]
    public void Non_finite_inputs_are_reported_with_the_component_and_the_place()
    {
        PathBatch batch = Batches.Create([2, 3]);
        batch.Step = 12;
        PolicyObjective objective = new(
            new TokenRatio(), new TruncatedCorrection(new()), new PpoClipping(new()), [new KlRegularizer(new())], MeanAggregation.TokenMean());
        string Report(Action<PathBatch> spoil, Action<PathBatch> mend)
        {
            spoil(batch);
            NonFiniteException exception = Assert.Throws<NonFiniteException>(() => objective.Evaluate(batch, Gradients(new float[5])));
            mend(batch);
            Assert.Equal(12, exception.Step);
            return exception.Message;
        }

        Assert.Equal(
            "Ratios 'token' at step 12: current log-probability of path 1, token 1 is NaN, expected a finite number",
            Report(b => b.Current[3] = float.NaN, b => b.Current[3] = 0));
        Assert.Contains("Clipping 'ppo'", Report(b => b.Advantage[0] = float.PositiveInfinity, b => b.Advantage[0] = 0), StringComparison.Ordinal);
        Assert.Contains("Corrections 'truncated'", Report(b => b.Behaviour[0] = float.NegativeInfinity, b => b.Behaviour[0] = 0), StringComparison.Ordinal);
        Assert.Contains("Regularizers 'kl'", Report(b => b.Reference[4] = float.NaN, b => b.Reference[4] = 0), StringComparison.Ordinal);
        objective.Evaluate(batch, Gradients(new float[5]));
    }

    [Fact]
    public void Nothing_is_allocated_after_the_first_evaluation()
    {
        PathBatch batch = Batches.Random(11);
        foreach (object[] combination in Combinations())
        {
            PolicyObjective objective = Create((string)combination[0], (string)combination[1]);
            ObjectiveGradients gradients = Gradients(new float[batch.TokenCount]);
            objective.Evaluate(batch, gradients);
            long before = GC.GetAllocatedBytesForCurrentThread();
            objective.Evaluate(batch, gradients);
            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        }
    }

    [Fact]
    public void Describes_itself_in_the_formulas_of_its_components()
    {
        PolicyObjective objective = new(new TokenRatio(), null, new PpoClipping(new()), [new KlRegularizer(new())], MeanAggregation.TokenMean());
        string text = objective.Describe();
        Assert.Contains("L(θ) = Σ_{i,t} a_{i,t} ( m_{i,t} ℓ_{i,t} + p_{i,t} )", text, StringComparison.Ordinal);
        Assert.All(objective.Components, component => Assert.Contains(component.Info.Formula, text, StringComparison.Ordinal));
    }

    internal static ObjectiveGradients Gradients(float[] current) =>
        new() { Current = current, Entropy = new float[current.Length], FullDivergence = new float[current.Length] };

    private static PolicyObjective Create(string ratio, string clipping) => new(
        ratio switch
        {
            "token" => new TokenRatio(),
            "sequence" => new SequenceRatio(),
            "geometric-mean" => new GeometricMeanRatio(new()),
            _ => new NoRatio(),
        },
        null,
        clipping switch
        {
            "ppo" => new PpoClipping(new PpoClippingOptions { High = 0.28 }),
            "ppo-dual" => new PpoClipping(new PpoClippingOptions { High = 0.28, DualClip = 1.5 }),
            "none" => new PolicyGradientSurrogate(),
            "unclipped" => new UnclippedSurrogate(),
            "cispo" => new CispoClipping(new CispoClippingOptions { Low = 0.2, High = 0.28 }),
            "sapo" => new SoftGateClipping(new()),
            "gpg" => new GroupPolicyGradient(),
            _ => new CovariancePenalty(new CovariancePenaltyOptions { Share = 0.2, Coefficient = 0.7 }),
        },
        [],
        MeanAggregation.SequenceMeanTokenMean());
}
