using Proximal.Tensors.Numerics;

namespace Proximal.Tensors.Tests.Numerics;

public class SpecialFunctionsTests
{
    [Theory]
    [InlineData(0.5, 0)]
    [InlineData(0.975, 1.959963985)]
    [InlineData(0.001, -3.090232306)]
    public void Normal_quantiles_are_those_of_the_tables(double probability, double quantile) => Assert.Equal(quantile, SpecialFunctions.NormalQuantile(probability), 7);

    [Fact]
    public void Log_gamma_is_the_logarithm_of_factorials_and_of_halves()
    {
        double factorial = 0;
        for (int n = 1; n <= 60; n++)
        {
            Assert.Equal(factorial, SpecialFunctions.LogGamma(n), 1e-12 * Math.Max(1, factorial));
            factorial += Math.Log(n);
        }

        Assert.Equal(Math.Log(Math.PI) / 2, SpecialFunctions.LogGamma(0.5), 1e-14);
        Assert.Equal(1.2880225246980774, SpecialFunctions.LogGamma(0.25), 1e-13);
        Assert.Throws<ArgumentOutOfRangeException>(() => SpecialFunctions.LogGamma(0));
    }

    [Fact]
    public void Log_gamma_keeps_its_recursion_over_many_orders_of_magnitude()
    {
        for (double x = 1e-3; x < 1e6; x *= 1.7)
        {
            double expected = SpecialFunctions.LogGamma(x) + Math.Log(x);
            Assert.Equal(expected, SpecialFunctions.LogGamma(x + 1), 1e-11 * Math.Max(1, Math.Abs(expected)));
        }
    }

    [Fact]
    public void Log_beta_of_one_and_b_is_minus_log_b()
    {
        Assert.Equal(-Math.Log(7), SpecialFunctions.LogBeta(1, 7), 1e-13);
        Assert.Equal(Math.Log(Math.PI / 8), SpecialFunctions.LogBeta(1.5, 1.5), 1e-13);
    }
}
