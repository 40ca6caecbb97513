using Proximal.Clipping;
using Proximal.Ratios;
using Proximal.Regularizers;
using Proximal.Rollouts;

namespace Proximal.Tests.Clipping;

public sealed class CentredClippingTests
{
    [Fact]
    public void Without_staleness_it_is_ppo()
    {
        PathBatch batch = Batches.Random(3);
        batch.Old.CopyTo(batch.Behaviour);
        float[] ratio = new float[batch.TokenCount];
        new BehaviourRatio().Compute(batch, ratio, new byte[batch.TokenCount]);
        Surrogate centred = Surrogate.Allocate(batch.TokenCount), ppo = Surrogate.Allocate(batch.TokenCount);
        new CentredClipping(new CentredClippingOptions()).Apply(batch, ratio, centred);
        new PpoClipping(new PpoClippingOptions()).Apply(batch, ratio, ppo);

        Assert.Equal(ppo.RatioGradient.ToArray(), centred.RatioGradient.ToArray());
        for (int t = 0; t < batch.TokenCount; t++)
        {
            Assert.Equal(ppo.Loss[t], centred.Loss[t], 1e-6f);
        }
    }

    [Theory]
    [InlineData(1.6f, 1, -1.5f, 0)]
    [InlineData(1.0f, 1, -1.0f, -1)]
    [InlineData(1.0f, -1, 1.1f, 0)]
    [InlineData(1.6f, -1, 1.6f, 1)]
    [InlineData(1.3f, 1, -1.3f, -1)]
    public void The_window_lies_around_the_centre(float ratio, float advantage, float loss, float gradient)
    {
        Surrogate surrogate = Surrogate.Allocate(1);
        CentredClipping.Compute([ratio], [1.3f], [advantage], [1], 0.2, surrogate);

        Assert.Equal(loss, surrogate.Loss[0], 1e-6f);
        Assert.Equal(gradient, surrogate.RatioGradient[0]);
    }

    [Fact]
    public void Nothing_is_clipped_at_the_policy_of_the_step()
    {
        PathBatch batch = Batches.Random(7);
        batch.Old.CopyTo(batch.Current);
        float[] ratio = new float[batch.TokenCount];
        new BehaviourRatio().Compute(batch, ratio, new byte[batch.TokenCount]);
        Surrogate surrogate = Surrogate.Allocate(batch.TokenCount);
        new CentredClipping(new CentredClippingOptions()).Apply(batch, ratio, surrogate);

        Assert.Equal(-1, surrogate.Clipped.IndexOfAnyExcept((byte)0));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(50, 1)]
    [InlineData(51, 0.9)]
    [InlineData(60, 0.9)]
    [InlineData(61, 0.8)]
    [InlineData(90, 0.6)]
    [InlineData(91, 0.5)]
    [InlineData(500, 0.5)]
    public void The_weight_of_the_reference_falls_in_steps(int step, double weight) =>
        Assert.Equal(weight, AnchorDivergence.Weight(step, new AnchorDivergenceOptions()), 1e-12);

    [Theory]
    [InlineData(1)]
    [InlineData(0)]
    public void One_anchor_alone_is_the_penalty_of_that_anchor(double weight)
    {
        PathBatch batch = Batches.Random(9), only = Batches.Random(9);
        (weight == 1 ? only.Reference : only.Old).CopyTo(only.Reference);
        AnchorDivergence anchors = new(new AnchorDivergenceOptions { Start = weight, Floor = weight, Coefficient = 0.3 });
        KlRegularizer plain = new(new KlRegularizerOptions { Coefficient = 0.3 });
        Penalty mixed = Allocate(batch.TokenCount), single = Allocate(batch.TokenCount);

        Assert.Equal(plain.Apply(only, single), anchors.Apply(batch, mixed), 1e-6);
        Assert.Equal(single.Loss.ToArray(), mixed.Loss.ToArray());
        Assert.Equal(single.CurrentGradient.ToArray(), mixed.CurrentGradient.ToArray());
    }

    private static Penalty Allocate(int tokens) => new()
    {
        Loss = new float[tokens],
        CurrentGradient = new float[tokens],
        EntropyGradient = new float[tokens],
        DivergenceGradient = new float[tokens],
    };
}
