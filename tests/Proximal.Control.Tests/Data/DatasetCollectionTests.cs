using Proximal.Control.Data;
using Proximal.Control.Environments;
using Proximal.Control.Environments.ClassicControl;
using Proximal.Control.Environments.Wrappers;
using Proximal.Control.Spaces;

namespace Proximal.Control.Tests.Data;

public sealed class DatasetCollectionTests
{
    [Fact]
    public void Quality_and_coverage_equal_the_worked_numbers()
    {
        DatasetBuilder builder = new(Observations, Actions);
        builder.Add([1, 0], [0], 0, [1, 0], true, false);
        builder.Add([1, 0], [0], 4, [2, 0], false, false);
        builder.Add([2, 0], [1], 6, [2, 0], true, false);
        OfflineDataset dataset = builder.ToDataset();
        Assert.Equal(0.5, DatasetMeasures.TrajectoryQuality(dataset, 0, 10));
        builder.Add([3, 0], [0], 0, [3, 0], true, false);
        builder.Add([4, 0], [1], 0, [4, 0], true, false);
        OfflineDataset reference = builder.ToDataset();
        Assert.Equal(4, new StateActionCells(reference).CountDistinct(reference));
        Assert.Equal(0.5, DatasetMeasures.Coverage(dataset, reference));
        Assert.Equal(1, DatasetMeasures.Coverage(reference, reference));
        OfflineDataset doubled = DatasetMixtures.Concatenate("twice", dataset, dataset);
        Assert.Equal(0.5, DatasetMeasures.Coverage(doubled, reference));
        Assert.Equal(0.5, DatasetMeasures.TrajectoryQuality(doubled, 0, 10));
        Assert.Equal(25, DatasetMeasures.NormalizedScore(30, 10, 90));
        Assert.Throws<ArgumentException>(() => DatasetMeasures.NormalizedScore(30, 10, 10));
        Assert.Equal(50, DatasetMeasures.NormalizedScore(new DatasetInformation { RandomReturn = 0, ExpertReturn = 2 }, 1));
        Assert.Throws<ArgumentException>(() => DatasetMeasures.NormalizedScore(new DatasetInformation { ExpertReturn = 2 }, 1));
    }

    [Fact]
    public void Collected_data_follows_its_episodes_and_every_copy_gives_its_share()
    {
        OfflineDataset dataset = DatasetCollector.Collect(new CartPole(), Controllers.Random(new CartPole().Specification, 3), 1003, "random", 3, copies: 4);
        Assert.Equal(1003, dataset.Count);
        Assert.Equal("random", dataset.Information.Source);
        int cut = 0;
        for (int episode = 0; episode < dataset.TrajectoryCount; episode++)
        {
            (int start, int length) = dataset.Trajectory(episode).GetOffsetAndLength(dataset.Count);
            for (int i = start; i + 1 < start + length; i++)
            {
                Assert.Equal(dataset.NextObservation(i), dataset.Observation(i + 1));
            }

            cut += dataset.Terminated[start + length - 1] ? 0 : 1;
            Assert.Equal(dataset.Terminated[start + length - 1], Math.Abs(dataset.NextObservation(start + length - 1)[2]) > 0.2094f || Math.Abs(dataset.NextObservation(start + length - 1)[0]) > 2.4f);
        }

        Assert.InRange(cut, 1, 4);
        Assert.Equal(dataset.Observations, DatasetCollector.Collect(new CartPole(), Controllers.Random(new CartPole().Specification, 3), 1003, "random", 3, copies: 4).Observations);
    }

    [Fact]
    public void A_recorder_keeps_what_limits_outside_cut_off()
    {
        TransitionRecorder recorder = new(new CartPole(), "replay");
        using VectorEnvironment copies = new TimeLimit(recorder, 4).CreateVector(2);
        StepBatch batch = copies.CreateBatch();
        copies.Reset(1, batch);
        for (int step = 0; step < 10; step++)
        {
            copies.Step([1, 0], batch);
        }

        OfflineDataset dataset = recorder.ToDataset();
        Assert.Equal(20, dataset.Count);
        Assert.Equal([0, 4, 8, 10, 14, 18], Enumerable.Range(0, dataset.TrajectoryCount).Select(i => dataset.Trajectory(i).Start.Value));
        Assert.DoesNotContain(true, dataset.Terminated.ToArray());
        Assert.All(new[] { 0, 4, 8, 10, 14, 18 }, start => Assert.All(dataset.Observation(start).ToArray(), value => Assert.InRange(value, -0.05f, 0.05f)));
    }

    [Fact]
    public void Mixtures_hold_the_share_of_each_and_controllers_mix_by_chance()
    {
        EnvironmentSpecification specification = new CartPole().Specification;
        Controller left = (batch, actions) => actions.Clear(), right = (batch, actions) => actions.Fill(1);
        OfflineDataset one = DatasetCollector.Collect(new CartPole(), left, 100, "left", 1), other = DatasetCollector.Collect(new CartPole(), right, 100, "right", 2);
        OfflineDataset mixed = DatasetMixtures.Mix(one, other, 0.25, 80);
        Assert.Equal("mixed-0.25", mixed.Information.Source);
        Assert.Equal(60, mixed.Actions.ToArray().Sum());
        Assert.Throws<ArgumentException>(() => DatasetMixtures.Mix(one, other, 1, 101));
        OfflineDataset noisy = DatasetCollector.Collect(new CartPole(), Controllers.Mixture(left, right, 0.2, 5), 5000, "noisy", 1);
        Assert.InRange(noisy.Actions.ToArray().Average(), 0.18f, 0.22f);
        OfflineDataset chance = DatasetCollector.Collect(new CartPole(), Controllers.Random(specification, 5), 5000, "random", 1);
        Assert.InRange(chance.Actions.ToArray().Average(), 0.48f, 0.52f);
    }

    internal static Space Observations { get; } = new BoxSpace([-10f, 0], [10f, float.PositiveInfinity]);

    internal static Space Actions { get; } = new DiscreteSpace(2);

    internal static OfflineDataset Example() => new(
        Observations,
        Actions,
        [0, 1, 1, 1, 2, 0, 3, 0, 4, 0, 5, 0.1f],
        [0, 1, 1, 0, 0, 1],
        [1, 2, 3, 4, 5, 6],
        [1, 1, 2, 2, 3, 0, 4, 0, 4.5f, 0, 6, 7],
        [false, true, false, false, false, false],
        [false, false, false, false, true, false])
    {
        Information = new DatasetInformation { Environment = "example", Source = "hand", Seed = ulong.MaxValue, RandomReturn = -1.25 },
    };
}
