using Proximal.Analysis.Verification;

namespace Proximal.Analysis.Tests.Verification;

public sealed class CertificateTests
{
    [Fact]
    public void Hoeffding_allows_ninety_three_percent_for_ninety_seven_of_a_thousand()
    {
        Assert.Equal(0.9313, Certificate.LowerByHoeffding(0.97, 1000, 0.05), 4);
        Certificate certificate = new(970, 1000);
        Assert.Equal(0.97 - Math.Sqrt(Math.Log(20) / 2000), certificate.HoeffdingLower, 12);
        Assert.False(certificate.HoldsByHoeffding);
        Assert.True(certificate.HoldsByWilson);
        Assert.InRange(certificate.WilsonLower, 0.959, 0.961);
    }

    [Fact]
    public void Bounds_stay_below_the_share_and_reach_it_with_many_samples()
    {
        for (int n = 10; n <= 1_000_000; n *= 10)
        {
            Certificate certificate = new(n * 9 / 10, n);
            Assert.True(certificate.HoeffdingLower < certificate.WilsonLower && certificate.WilsonLower < 0.9);
        }

        Assert.InRange(new Certificate(900_000, 1_000_000).HoeffdingLower, 0.898, 0.9);
        Assert.True(new Certificate(1000, 1000, delta: 0.05).HoldsByHoeffding);
        Assert.Equal(0, new Certificate(0, 10).HoeffdingLower);
    }

    [Fact]
    public void Arguments_outside_their_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Certificate(1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Certificate(2, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Certificate(1, 1, delta: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Certificate(1, 1, confidence: 0.5));
    }
}
