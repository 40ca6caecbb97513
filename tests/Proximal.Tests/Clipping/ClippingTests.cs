using Proximal.Clipping;
using Proximal.Recipes;

namespace Proximal.Tests.Clipping;

public sealed class ClippingTests
{
    [Theory]
    [InlineData(1, 1.5, -1.2, false)]
    [InlineData(-1, 1.5, 1.5, true)]
    [InlineData(-1, 0.5, 0.8, false)]
    [InlineData(1, 0.5, -0.5, true)]
    public void Ppo_is_pessimistic(float advantage, float ratio, double loss, bool alive)
    {
        (float actual, float gradient, byte mark) = PpoClipping.Token(ratio, advantage, 0.2f, 0.2f, 0);
        Assert.Equal(loss, actual, 1e-6);
        Assert.Equal(alive ? -advantage : 0, gradient);
        Assert.Equal(alive ? 0 : ClipMark.TrustRegion, mark);
    }

    [Theory]
    [InlineData(5, 3, false, ClipMark.Dual)]
    [InlineData(2, 2, true, 0)]
    [InlineData(0.5, 0.8, false, ClipMark.TrustRegion)]
    public void Dual_clip_puts_a_floor_under_negative_advantages(float ratio, double loss, bool alive, byte mark)
    {
        (float actual, float gradient, byte clipped) = PpoClipping.Token(ratio, -1, 0.2f, 0.2f, 3);
        Assert.Equal(loss, actual, 1e-6);
        Assert.Equal(alive ? 1 : 0, gradient);
        Assert.Equal(mark, clipped);
    }

    [Fact]
    public void A_dual_clip_far_out_is_ppo()
    {
        for (float ratio = 0.05f; ratio < 4; ratio += 0.1f)
        {
            Assert.Equal(PpoClipping.Token(ratio, -1, 0.2f, 0.28f, 0), PpoClipping.Token(ratio, -1, 0.2f, 0.28f, 1e6f));
        }
    }

    [Fact]
    public void Clip_higher_lets_rare_tokens_grow()
    {
        Assert.Equal(-1, PpoClipping.Token(1.25f, 1, 0.2f, 0.28f, 0).RatioGradient);
        Assert.Equal(0, PpoClipping.Token(1.25f, 1, 0.2f, 0.2f, 0).RatioGradient);
    }

    [Theory]
    [InlineData(1, 2, 0, 1.28)]
    [InlineData(1, 0.5, 0.5, 0.8)]
    [InlineData(-1, 0.5, 0, 0.8)]
    [InlineData(-1, 2, 2, 1.28)]
    public void Gradient_coefficients_of_ppo_and_cispo_follow_the_table(float advantage, float ratio, double ppo, double cispo)
    {
        Assert.Equal(ppo, -PpoClipping.Token(ratio, advantage, 0.2f, 0.28f, 0).RatioGradient * ratio / advantage, 1e-6);
        float[] gradient = new float[1];
        Surrogate surrogate = new() { Loss = new float[1], RatioGradient = new float[1], CurrentGradient = gradient, Clipped = new byte[1] };
        CispoClipping.Compute([ratio], [advantage], [-1], [1], new CispoClippingOptions { Low = 0.2, High = 0.28 }, surrogate);
        Assert.Equal(cispo, -gradient[0] / advantage, 1e-6);
    }

    [Fact]
    public void The_soft_gate_has_slope_one_on_policy_and_fades_on_both_sides()
    {
        float[] loss = new float[3], slope = new float[3];
        Surrogate surrogate = new() { Loss = loss, RatioGradient = slope, CurrentGradient = new float[3], Clipped = new byte[3] };
        SoftGateClipping.Compute([0.2f, 1, 3], [1, 1, 1], [1, 1, 1], new(), surrogate);
        Assert.Equal(-1, slope[1], 1e-6f);
        Assert.True(slope[0] > -1 && slope[2] > slope[0] && slope[2] < 0);
    }

    [Fact]
    public void Impossible_options_are_refused_with_key_value_and_expectation()
    {
        OptionSchema schema = PpoClippingOptions.Schema;
        Assert.Equal("'dual-clip' is 0.5, expected more than 1, or 0 for none", schema.FindFault(new PpoClippingOptions { DualClip = 0.5 }));
        Assert.Equal("'low' is 2, expected 0 to 1", schema.FindFault(new PpoClippingOptions { Low = 2 }));
    }
}
