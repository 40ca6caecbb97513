using Proximal.Control.Data;
using Proximal.Control.Replay;
using Proximal.Control.Spaces;
using Proximal.Tensors;

namespace Proximal.Control.Tests.Data;

public sealed class OfflineDatasetTests
{
    [Fact]
    public void Returns_to_go_are_summed_within_trajectories()
    {
        OfflineDataset data = Sample();
        Assert.Equal([6f, 5f, 3f, 30f, 20f], data.ReturnsToGo());
        Assert.Equal([2.75f, 3.5f, 3f, 20f, 20f], data.ReturnsToGo(0.5));
        Assert.Equal([6.0, 30.0], data.Returns());
        Assert.Equal(2, data.TrajectoryCount);
        Assert.Equal(3..5, data.Trajectory(1));
    }

    [Fact]
    public void The_best_trajectories_are_kept_whole()
    {
        OfflineDataset best = Sample().Best(0.1);
        Assert.Equal(1, best.TrajectoryCount);
        Assert.Equal([10f, 20f], best.Rewards.ToArray());
        Assert.Equal([4f, 5f], best.NextObservations.ToArray());
        Assert.Equal([false, false], best.Terminated.ToArray());
        Assert.Equal([false, true], best.Ends.ToArray());
    }

    [Fact]
    public void Only_termination_stops_the_value_of_what_follows()
    {
        ReplayBuffer buffer = Sample().ToReplayBuffer();
        Assert.Equal([1f, 1f, 0f, 1f, 1f], buffer.Continuations.ToArray());
        Assert.Equal(5, buffer.Count);
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        BoxSpace box = new(new Shape(1));
        DiscreteSpace choices = new(2);
        Assert.Throws<ArgumentException>(() => new OfflineDataset(box, choices, [], [], [], [], [], []));
        Assert.Throws<ArgumentException>(() => new OfflineDataset(box, choices, [1, 2], [0], [1], [1], [false], [true]));
        ArgumentException notFinite = Assert.Throws<ArgumentException>(() => new OfflineDataset(box, choices, [1], [0], [float.NaN], [1], [false], [true]));
        Assert.StartsWith("rewards holds NaN at position 0, expected finite numbers.", notFinite.Message, StringComparison.Ordinal);
        ArgumentException action = Assert.Throws<ArgumentException>(() => new OfflineDataset(box, choices, [1], [2], [1], [1], [false], [true]));
        Assert.StartsWith("The action of transition 0 is 2, expected a whole number from 0 to 1.", action.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => Sample().Best(0));
    }

    private static OfflineDataset Sample() => new(
        new BoxSpace(new Shape(1)),
        new DiscreteSpace(2),
        [0, 1, 2, 3, 4],
        [0, 1, 0, 1, 0],
        [1, 2, 3, 10, 20],
        [1, 2, 3, 4, 5],
        [false, false, true, false, false],
        [false, false, false, false, false]);
}
