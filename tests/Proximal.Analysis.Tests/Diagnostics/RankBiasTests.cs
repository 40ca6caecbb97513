using Proximal.Analysis.Diagnostics;

namespace Proximal.Analysis.Tests.Diagnostics;

public class RankBiasTests
{
    [Fact]
    public void Uplift_rates_count_right_rollouts_by_their_rank_in_the_group()
    {
        double[] before = [-4, -3, -2, -1, -8, -7, -6, -5], after = [-5, -3, -1, 0, -9, -6, -7, -4], rates = new double[2];
        bool[] correct = [true, false, true, true, true, true, false, true];
        RankBias.UpliftRates(before, after, correct, [0, 4, 8], rates);
        Assert.Equal([1.0 / 3, 1], rates);
        double[] quarters = new double[4];
        RankBias.UpliftRates(before, after, [false, false, false, true, false, false, false, false], [0, 4, 8], quarters);
        Assert.Equal([double.NaN, double.NaN, double.NaN, 1], quarters);
        RankBias.UpliftRates([-1, -1], [0, 0], [true, true], [0, 2], rates);
        Assert.Equal([double.NaN, 1], rates);
        Assert.Throws<ArgumentException>(() => RankBias.UpliftRates([-1], [0, 0], [true], [0, 1], new double[1]));
    }
}
