using Proximal.Tensors.Random;
using Proximal.Weighting;

namespace Proximal.Tests.Weighting;

public sealed class PearWeightingTests
{
    private static readonly PearWeightingOptions Token = new();

    [Fact]
    public void A_token_gets_the_discounted_ratio_of_the_tokens_after_it()
    {
        float[] current = [-1, -1.05f, -0.8f], teacher = [-1.1f, -1, -1];
        Assert.Equal([1.159512f, 1.220181f, 1], Weights(current, teacher, Token), Near);
        Assert.Equal([1.284025f, 1.284025f, 1.284025f], Weights(current, teacher, Token with { Variant = PearVariant.Sequence }), Near);
    }

    [Theory]
    [InlineData(PearVariant.Sequence)]
    [InlineData(PearVariant.Token)]
    [InlineData(PearVariant.Block)]
    public void Without_discount_a_demonstration_of_the_model_itself_has_weights_of_one(PearVariant variant)
    {
        float[] current = Random(1, 37);
        Assert.All(Weights(current, current, new() { Variant = variant, Discount = 1 }), weight => Assert.Equal(1, weight));
    }

    [Fact]
    public void Blocks_of_one_token_are_the_token_variant_and_one_block_weighs_nothing()
    {
        float[] current = Random(2, 23), teacher = Random(3, 23);
        PearWeightingOptions block = new() { Variant = PearVariant.Block };
        Assert.Equal(Weights(current, teacher, Token), Weights(current, teacher, block with { Block = 1 }));
        Assert.All(Weights(current, teacher, block with { Block = 23 }), weight => Assert.Equal(1, weight));
        Assert.All(Weights(current, teacher, block with { Block = 99 }), weight => Assert.Equal(1, weight));
    }

    [Fact]
    public void A_block_shares_the_weight_of_its_last_token()
    {
        float[] current = Random(4, 11), teacher = Random(5, 11);
        float[] tokens = Weights(current, teacher, Token), blocks = Weights(current, teacher, new() { Variant = PearVariant.Block, Block = 4 });
        Assert.Equal([.. Enumerable.Repeat(tokens[3], 4), .. Enumerable.Repeat(tokens[7], 4), 1, 1, 1], blocks);
    }

    [Fact]
    public void Each_token_and_then_the_weight_is_clamped()
    {
        float[] current = Enumerable.Repeat(-3f, 31).ToArray(), teacher = Enumerable.Repeat(-1f, 31).ToArray();
        PearWeightingOptions undiscounted = Token with { Discount = 1 };
        Assert.Equal(Math.Exp(-2.4), Weights(current, teacher, undiscounted with { Minimum = 0 })[0], 1e-6);
        Assert.Equal(0.1f, Weights(current, teacher, undiscounted)[0]);
        Assert.Equal(10, Weights(teacher, current, undiscounted)[0]);
    }

    [Fact]
    public void A_weight_depends_on_later_tokens_alone()
    {
        float[] current = Random(6, 19), teacher = Random(7, 19), before = Weights(current, teacher, Token);
        for (int t = 0; t < 19; t++)
        {
            float[] changed = [.. current];
            Random(8, t + 1).CopyTo(changed, 0);
            Assert.Equal(before[t..], Weights(changed, teacher, Token)[t..]);
        }
    }

    [Fact]
    public void Wrong_demonstrations_are_unlearned_where_they_are_still_likely()
    {
        PearWeighting weighting = new(new() { Negative = 0.5, Discount = 1, LikelihoodFloor = 0.1 });
        float[] current = [-1, -3, -1], weights = new float[3];
        weighting.Weigh(new ScoredDemonstration { Current = current, Teacher = current, IsRight = false }, weights);
        Assert.Equal([-0.5f, 0, -0.5f], weights);
        weighting.Weigh(new ScoredDemonstration { Current = current, Teacher = current, IsRight = true }, weights);
        Assert.Equal([1, 1, 1], weights);
    }

    [Fact]
    public void Dynamic_fine_tuning_weighs_a_token_by_its_probability()
    {
        float[] weights = new float[3];
        new LikelihoodWeighting().Weigh(new ScoredDemonstration { Current = [0, MathF.Log(0.5f), MathF.Log(0.01f)], Teacher = [0, 0, 0] }, weights);
        Assert.Equal([1, 0.5f, 0.01f], weights, Near);
    }

    private static bool Near(float expected, float actual) => Math.Abs(expected - actual) <= 1e-6f * Math.Max(1, Math.Abs(expected));

    private static float[] Weights(float[] current, float[] teacher, PearWeightingOptions options)
    {
        float[] weights = new float[current.Length];
        PearWeighting.Compute(current, teacher, options, weights);
        return weights;
    }

    private static float[] Random(ulong seed, int count)
    {
        RandomStream random = new(seed, RandomPurpose.User);
        return [.. Enumerable.Range(0, count).Select(i => (float)(-2 * random.Uniform(i)))];
    }
}
