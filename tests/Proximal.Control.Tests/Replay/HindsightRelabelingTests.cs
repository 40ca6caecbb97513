using Proximal.Control.Environments;
using Proximal.Control.Replay;

namespace Proximal.Control.Tests.Replay;

public sealed class HindsightRelabelingTests
{
    [Fact]
    public void Later_steps_are_uniform_and_include_the_step_itself()
    {
        EpisodeRandom random = new(1);
        int[] counts = new int[5];
        for (int i = 0; i < 30_000; i++)
        {
            counts[HindsightRelabeling.FutureStep(2, 5, random.Uniform())]++;
        }

        Assert.Equal(0, counts[0] + counts[1]);
        Assert.All(counts[2..], count => Assert.InRange(count, 9700, 10_300));
        Assert.Equal(4, HindsightRelabeling.FutureStep(2, 5, Math.BitDecrement(1.0)));
        Assert.Throws<ArgumentOutOfRangeException>(() => HindsightRelabeling.FutureStep(5, 5, 0));
    }

    [Fact]
    public void A_step_that_reached_the_new_goal_is_paid_and_only_goals_change()
    {
        GoalLayout layout = new(Width: 2, Achieved: 0, Desired: 3);
        float[] observation = [1, 1, 0.5f, 9, 9], next = [2, 1, 0.6f, 9, 9];
        StepOutcome outcome = HindsightRelabeling.Relabel(layout, [2, 1], observation, next, Reached);
        Assert.Equal(new StepOutcome(0, Terminated: true), outcome);
        Assert.Equal([1, 1, 0.5f, 2, 1], observation);
        Assert.Equal([2, 1, 0.6f, 2, 1], next);
        Assert.Equal(new StepOutcome(-1), HindsightRelabeling.Relabel(layout, [4, 1], observation, next, Reached));
    }

    private static StepOutcome Reached(ReadOnlySpan<float> achieved, ReadOnlySpan<float> desired) =>
        achieved.SequenceEqual(desired) ? new StepOutcome(0, Terminated: true) : new StepOutcome(-1);
}
