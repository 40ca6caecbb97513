using Proximal.Control.Data;
using Proximal.Control.Environments;
using Proximal.Control.Environments.Diagnostic;

namespace Proximal.Control.Tests.Environments.Diagnostic;

public sealed class StitchGridTests
{
    [Fact]
    public void Keeps_the_contract_of_environments() => EnvironmentContract.AssertKept(new StitchGrid());

    [Fact]
    public void The_window_shows_walls_the_door_and_the_goal()
    {
        StitchGrid environment = new(new() { Size = 3, StartInDoor = true });
        float[] observation = new float[9];
        environment.Reset(1, observation);
        Assert.Equal((1, 3), environment.Position);
        Assert.Equal([0, 1, 0, 0, 0, 0, 0, 1, 0], observation);
        environment.Step([0], observation);
        Assert.Equal((1, 3), environment.Position);
        environment.Step([1], observation);
        Assert.Equal([1, 0, 0, 0, 0, 0, 1, 0, 0], observation);
        environment.Step([1], observation);
        Assert.Equal([0, 0, 0, 0, 0, 0, 0, 0, 0.5f], observation);
        environment.Step([1], observation);
        Assert.Equal([0, 0, 1, 0, 0, 1, 0, 0.5f, 1], observation);
        Assert.Equal(new StepOutcome(1, Terminated: true), environment.Step([2], observation));
    }

    [Fact]
    public void The_shortest_way_leads_through_the_door_from_every_start()
    {
        StitchGrid environment = new(new() { Size = 4 });
        float[] observation = new float[9];
        for (ulong seed = 1; seed <= 10; seed++)
        {
            environment.Reset(seed, observation);
            int distance = Math.Abs(environment.Position.Row - environment.Door.Row) + environment.Goal.Column + environment.Goal.Row - environment.Door.Row;
            for (int step = 1; step <= distance; step++)
            {
                Assert.Equal(step == distance, environment.Step([environment.ShortestAction()], observation).Terminated);
            }
        }
    }

    [Fact]
    public void Halves_meet_in_the_door_and_none_leads_all_the_way()
    {
        OfflineDataset halves = StitchTrajectories.Collect(4, 40);
        Assert.Equal(40, halves.TrajectoryCount);
        float[] door = [0, 1, 0, 0, 0, 0, 0, 1, 0];
        for (int i = 0; i < 40; i++)
        {
            (int start, int length) = halves.Trajectory(i).GetOffsetAndLength(halves.Count);
            int last = start + length - 1;
            Assert.Equal(i % 2 == 1, halves.Observation(start).SequenceEqual(door));
            if (i % 2 == 0)
            {
                Assert.Equal(0, halves.Returns()[i]);
                Assert.False(halves.Terminated[last]);
            }
        }

        Assert.Contains(halves.Returns(), total => total == 1);
    }

    [Fact]
    public void Impossible_settings_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new StitchGrid(new() { Size = 1 }));
        Assert.Throws<ArgumentException>(() => new StitchGrid(new() { StartInDoor = true, EndInDoor = true }));
        Assert.Throws<ArgumentOutOfRangeException>(() => StitchTrajectories.Collect(3, 0));
    }
}
