using Proximal.Aggregation;
using Proximal.Clipping;
using Proximal.Objectives;
using Proximal.Ratios;
using Proximal.Rollouts;
using Proximal.Tests.Objectives;

namespace Proximal.Tests.Ratios;

public sealed class UnitProductRatioTests
{
    public static TheoryData<RatioUnit> Units => [.. Enum.GetValues<RatioUnit>()];

    [Theory]
    [InlineData(RatioUnit.Token, 1.105171, 1.105171)]
    [InlineData(RatioUnit.Turn, 1.349859, 1.2)]
    [InlineData(RatioUnit.Trajectory, 1.349859, 1.2)]
    public void The_ratio_of_a_unit_is_the_product_of_its_tokens(RatioUnit unit, double ratio, double surrogate)
    {
        PathBatch batch = Batches.Create([3]);
        batch.Current.Fill(0.1f);
        float[] ratios = Ratios(batch, unit);
        Assert.All(ratios, value => Assert.Equal(ratio, value, 5));
        Assert.Equal(surrogate, -PpoClipping.Token(ratios[0], 1, 0.2f, 0.2f, 0).Loss, 5);
    }

    [Fact]
    public void Observations_divide_turns_and_not_trajectories()
    {
        PathBatch batch = Batches.Create([7]);
        new float[] { 0, 1, 1, 0, 0, 1, 0 }.CopyTo(batch.Mask);
        new[] { 9, 0.1f, 0.2f, 9, 9, 0.4f, 9 }.CopyTo(batch.Current);
        float turn = MathF.Exp(0.3f), last = MathF.Exp(0.4f), all = MathF.Exp(0.7f);
        AssertEqual([1, turn, turn, 1, 1, last, 1], Ratios(batch, RatioUnit.Turn));
        AssertEqual([1, all, all, 1, 1, all, 1], Ratios(batch, RatioUnit.Trajectory));
        AssertEqual([1, MathF.Exp(0.1f), MathF.Exp(0.2f), 1, 1, last, 1], Ratios(batch, RatioUnit.Token));
    }

    [Fact]
    public void All_units_coincide_for_rollouts_of_one_token_and_tokens_with_the_token_ratio()
    {
        PathBatch one = Batches.Create([1, 1], [1]), batch = Batches.Random(3);
        new[] { 0.3f, -0.2f, 0.1f }.CopyTo(one.Current);
        Assert.Equal(Ratios(one, RatioUnit.Token), Ratios(one, RatioUnit.Turn));
        Assert.Equal(Ratios(one, RatioUnit.Token), Ratios(one, RatioUnit.Trajectory));
        float[] expected = new float[batch.TokenCount];
        new TokenRatio().Compute(batch, expected, new byte[batch.TokenCount]);
        AssertEqual(expected, Ratios(batch, RatioUnit.Token));
    }

    [Theory]
    [MemberData(nameof(Units))]
    public void Gradient_is_the_slope_of_the_loss(RatioUnit unit)
    {
        PathBatch batch = Batches.Random(11, spread: 0.1);
        batch.Current[2] += 0.9f;
        PolicyObjective objective = Create(unit);
        float[] gradient = new float[batch.TokenCount];
        objective.Evaluate(batch, PolicyObjectiveTests.Gradients(gradient));
        for (int t = 0; t < batch.TokenCount; t++)
        {
            const float Step = 1e-3f;
            float at = batch.Current[t];
            batch.Current[t] = at + Step;
            double up = objective.Evaluate(batch, ObjectiveGradients.Allocate(batch.TokenCount)).Loss;
            batch.Current[t] = at - Step;
            double down = objective.Evaluate(batch, ObjectiveGradients.Allocate(batch.TokenCount)).Loss;
            batch.Current[t] = at;
            Assert.Equal((up - down) / (2 * Step), gradient[t], 2e-4);
        }
    }

    [Theory]
    [MemberData(nameof(Units))]
    public void What_the_environment_wrote_does_not_matter(RatioUnit unit)
    {
        PathBatch batch = Batches.Random(5), changed = Batches.Random(5);
        for (int t = 0; t < changed.TokenCount; t++)
        {
            changed.Current[t] += changed.Mask[t] == 0 ? -3 : 0;
        }

        float[] expected = new float[batch.TokenCount], actual = new float[batch.TokenCount];
        double loss = Create(unit).Evaluate(batch, PolicyObjectiveTests.Gradients(expected)).Loss;
        Assert.Equal(loss, Create(unit).Evaluate(changed, PolicyObjectiveTests.Gradients(actual)).Loss);
        Assert.Equal(expected, actual);
    }

    [Fact]
    public void Ratios_far_out_stay_finite_and_lose_their_gradient()
    {
        PathBatch batch = Batches.Create([3]);
        batch.Current.Fill(15);
        UnitProductRatio ratio = new(new UnitProductOptions { Unit = RatioUnit.Trajectory });
        float[] values = new float[3], gradient = new float[3];
        ratio.Compute(batch, values, new byte[3]);
        ratio.Backward(batch, values, [1, 1, 1], gradient);
        Assert.All(values, value => Assert.Equal(MathF.Exp(20), value));
        Assert.Equal([0, 0, 0], gradient);
    }

    private static PolicyObjective Create(RatioUnit unit) =>
        new(new UnitProductRatio(new UnitProductOptions { Unit = unit }), null, new PpoClipping(new PpoClippingOptions()), [], MeanAggregation.TokenMean());

    private static float[] Ratios(PathBatch batch, RatioUnit unit)
    {
        float[] ratios = new float[batch.TokenCount];
        new UnitProductRatio(new UnitProductOptions { Unit = unit }).Compute(batch, ratios, new byte[batch.TokenCount]);
        return ratios;
    }

    private static void AssertEqual(float[] expected, float[] actual) => Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-5f * Math.Abs(pair.First)));
}
