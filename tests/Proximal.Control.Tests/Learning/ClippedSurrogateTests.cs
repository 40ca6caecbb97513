using Proximal.Control.Learning;
using Xunit;

namespace Proximal.Control.Tests.Learning;

public sealed class ClippedSurrogateTests
{
    [Fact]
    public void Gradient_is_exactly_zero_beyond_the_clip_range_on_the_side_of_the_advantage()
    {
        float[] gradient = new float[4];
        double loss = ClippedSurrogate.Policy([0.5f, -0.5f, 0.5f, -0.5f], [0, 0, 0, 0], [1, -1, -1, 1], 0.2, gradient);
        Assert.Equal(0, gradient[0]);
        Assert.Equal(0, gradient[1]);
        Assert.Equal(Math.Exp(0.5) / 4, gradient[2], 1e-6);
        Assert.Equal(-Math.Exp(-0.5) / 4, gradient[3], 1e-6);
        Assert.Equal(-(1.2 - 0.8 - Math.Exp(0.5) + Math.Exp(-0.5)) / 4, loss, 1e-6);
    }

    [Fact]
    public void Ratio_one_is_the_vanilla_policy_gradient()
    {
        float[] gradient = new float[3];
        double loss = ClippedSurrogate.Policy([-1, -2, -0.3f], [-1, -2, -0.3f], [2, -1, 0.5f], 0.2, gradient);
        Assert.Equal(-0.5, loss, 1e-9);
        Assert.Equal([-2f / 3, 1f / 3, -0.5f / 3], gradient);
    }

    [Theory]
    [InlineData(0.2)]
    [InlineData(double.PositiveInfinity)]
    public void Gradients_equal_central_differences(double clip)
    {
        float[] logProbs = [0.1f, -0.1f, 0.4f, -0.4f], old = [0, 0, 0.1f, 0], advantages = [1, 2, -1.5f, 0.5f], gradient = new float[4], ignored = new float[4];
        float[] values = [1.1f, 0.5f, 2, -1], oldValues = [1, 1, 1, 1], returns = [2, 0, 1.5f, -3], valueGradient = new float[4];
        ClippedSurrogate.Policy(logProbs, old, advantages, clip, gradient);
        ClippedSurrogate.Value(values, oldValues, returns, clip, 0.5, valueGradient);
        for (int i = 0; i < 4; i++)
        {
            Assert.Equal(Slope(i, logProbs, x => ClippedSurrogate.Policy(x, old, advantages, clip, ignored)), gradient[i], 2e-4);
            Assert.Equal(Slope(i, values, x => ClippedSurrogate.Value(x, oldValues, returns, clip, 0.5, ignored)), valueGradient[i], 2e-4);
        }
    }

    [Fact]
    public void Values_without_clipping_have_half_the_mean_squared_error()
    {
        float[] gradient = new float[2];
        Assert.Equal(0.5 * 0.5 * (4 + 9) / 2, ClippedSurrogate.Value([1, 2], [0, 0], [3, 5], double.PositiveInfinity, 0.5, gradient), 1e-9);
        Assert.Equal([-0.5f, -0.75f], gradient);
    }

    private static double Slope(int i, float[] point, Func<float[], double> function)
    {
        float[] up = [.. point], down = [.. point];
        up[i] += 1e-3f;
        down[i] -= 1e-3f;
        return (function(up) - function(down)) / ((double)up[i] - down[i]);
    }
}
