using Proximal.Analysis.Diagnostics;

namespace Proximal.Analysis.Tests.Diagnostics;

public sealed class LearningPhasesTests
{
    [Fact]
    public void What_is_learned_first_reaches_its_share_first()
    {
        double[] syntax = [.. Enumerable.Range(0, 100).Select(step => 1 - Math.Exp(-step / 5.0))], content = [.. Enumerable.Range(0, 100).Select(step => 1 - Math.Exp(-step / 20.0))];

        // 1 - e^{-t/τ} passes 0.8 of its way after τ ln 5 steps: 8 and 32, a little more for content, which is not at its end after 100 steps.
        Assert.Equal(9, LearningPhases.FirstReaching(syntax, window: 1));
        Assert.Equal(32, LearningPhases.FirstReaching(content, window: 1));
    }

    [Fact]
    public void A_step_that_jumps_by_chance_is_no_phase()
    {
        double[] curve = [.. Enumerable.Range(0, 50).Select(step => step == 7 ? 1.0 : step < 30 ? 0.0 : 1.0)];

        Assert.Equal(7, LearningPhases.FirstReaching(curve, window: 1));
        Assert.Equal(29, LearningPhases.FirstReaching(curve));
    }

    [Fact]
    public void A_curve_that_does_not_rise_has_no_phase()
    {
        Assert.Equal(-1, LearningPhases.FirstReaching([0.5, 0.5, 0.4, 0.4, 0.3, 0.3]));
        Assert.Equal(-1, LearningPhases.FirstReaching([0, 1]));
    }
}
