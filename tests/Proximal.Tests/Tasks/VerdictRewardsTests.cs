using Proximal.Tasks;

namespace Proximal.Tests.Tasks;

public sealed class VerdictRewardsTests
{
    private static readonly Verdict Right = Verdict.Of(true, "1") with { FormatOk = true };
    private static readonly Verdict Wrong = Verdict.Of(false, 0.25, "2");
    private static readonly Verdict Unreadable = Verdict.Unreadable("nothing");

    [Fact]
    public void Presets_equal_their_definitions()
    {
        Assert.Equal([1, 0, 0], Rewards(VerdictRewards.Binary));
        Assert.Equal([1, 0.25, 0], Rewards(VerdictRewards.Partial));
        Assert.Equal([1, 0.1, 0], Rewards(VerdictRewards.TinyZero));
        Assert.Equal([1.5, 0, 0], Rewards(VerdictRewards.AccuracyAndFormat));
        Assert.Equal([3, -2.5, -3], Rewards(VerdictRewards.LogicRl));
    }

    private static double[] Rewards(Func<Verdict, double> reward) => [reward(Right), reward(Wrong), reward(Unreadable)];
}
