using Proximal.Models.Generation;
using Proximal.Recipes;
using Proximal.Runs;
using Proximal.Tests.Training;
using Proximal.Training;

namespace Proximal.Tests.Runs;

/// <summary>A run records the rollouts that it learned from, with the numbers that its objective saw, and learns the same with or without.</summary>
public sealed class RolloutRecorderTests
{
    [Fact]
    public void The_first_the_last_and_every_nth_step_are_recorded()
    {
        using TemporaryFolder folder = new();

        TinyRuns.Train(TinyRuns.Recipe("objective: grpo", overrides: ["recording.every=3", "recording.prompts=3"]), folder.Path);

        RolloutRecordReader reader = new(new RunFolder(folder.Path));
        Assert.Equal([1, 3, 5], reader.ReadSteps());
        Assert.Equal([0, 1, 2], reader.Read(3).Select(record => record.Group));
        Assert.All(reader.Read(3), record => Assert.Equal((3, 3, 3), (record.Step, record.Rollouts, record.Paths.Count)));
    }

    [Fact]
    public void Recording_changes_no_weight_and_can_be_turned_off()
    {
        using TemporaryFolder folder = new();
        TinyRuns.Train(TinyRuns.Recipe("objective: grpo"), folder.File("with"));

        TinyRuns.Train(TinyRuns.Recipe("objective: grpo", overrides: "recording.every=0"), folder.File("without"));

        Assert.Equal(TinyRuns.Weights(folder.File("with")), TinyRuns.Weights(folder.File("without")));
        Assert.False(Directory.Exists(new RunFolder(folder.File("without")).Rollouts));
    }

    [Theory]
    [InlineData("objective: grpo\n  regularizers: [ { name: kl, coefficient: 0.1 } ]", true, false)]
    [InlineData("objective: ppo", true, true)]
    [InlineData("objective: gspo", false, false)]
    public void Columns_are_those_of_the_last_update(string policy, bool hasReference, bool hasCritic)
    {
        using TemporaryFolder folder = new();
        List<StepReport> reports = [];
        TinyRuns.Train(TinyRuns.Recipe(policy), folder.Path, observer: new DelegateObserver { StepFinished = reports.Add });
        StepReport report = reports[^2];
        RolloutRecord record = new RolloutRecordReader(new RunFolder(folder.Path)).Read(report.Step).ElementAt(1);
        (int first, int count) = report.Rollouts!.Paths.Group(1).GetOffsetAndLength(report.Rollouts.Paths.PathCount);

        Assert.Equal(count, record.Paths.Count);
        for (int i = 0; i < count; i++)
        {
            RecordedPath path = record.Paths[i];
            Range tokens = report.Rollouts.Paths.Path(first + i);
            Assert.Equal(report.Rollouts.Trajectories[first + i].Response, path.Response);
            Assert.Equal(report.Rollouts.Trajectories[first + i].End == EndReason.Truncated ? "truncated" : "finished", path.End);
            Assert.Equal(["prompt", "policy"], record.SegmentsOf(path).Select(segment => record.Segments[segment].Origin));
            Assert.Equal(report.Rollouts.Paths.Tokens[tokens].ToArray(), record.SegmentsOf(path).SelectMany(segment => record.Segments[segment].Tokens));
            AssertClose(report.Rollouts.Paths.Mask[tokens], path.Column(RolloutColumn.Mask)!);
            AssertClose(report.Rollouts.Paths.Old[tokens], path.Column(RolloutColumn.Old)!);
            AssertClose(report.Rollouts.Paths.Current[tokens], path.Column(RolloutColumn.Current)!);
            AssertClose(report.Rollouts.Paths.Ratio[tokens], path.Column(RolloutColumn.Ratio)!);
            AssertClose(report.Rollouts.Paths.Advantage[tokens], path.Column(RolloutColumn.Advantage)!);
            Assert.Equal(hasReference, path.Column(RolloutColumn.Reference) is not null);
            Assert.Equal(hasReference, path.Column(RolloutColumn.Divergence) is not null);
            Assert.Equal(hasCritic, path.Column(RolloutColumn.Value) is not null);
        }
    }

    [Fact]
    public void Ratios_of_tokens_are_those_of_the_log_probabilities_beside_them()
    {
        using TemporaryFolder folder = new();
        TinyRuns.Train(TinyRuns.Recipe("objective: grpo"), folder.Path);

        RecordedPath[] paths = [.. new RolloutRecordReader(new RunFolder(folder.Path)).Read(5).SelectMany(record => record.Paths)];

        foreach (RecordedPath path in paths)
        {
            float[] mask = path.Column(RolloutColumn.Mask)!, ratio = path.Column(RolloutColumn.Ratio)!, current = path.Column(RolloutColumn.Current)!, old = path.Column(RolloutColumn.Old)!;
            Assert.All(Enumerable.Range(0, mask.Length).Where(t => mask[t] == 1), t => Assert.Equal(Math.Exp(current[t] - old[t]), ratio[t], 3e-4));
        }

        Assert.Contains(paths, path => path.Column(RolloutColumn.Ratio)!.Any(ratio => ratio is not (0 or 1)));
    }

    [Fact]
    public void The_bound_on_the_folder_holds()
    {
        using TemporaryFolder folder = new();
        TinyRuns.Train(TinyRuns.Recipe("objective: grpo", overrides: ["recording.every=1", "recording.prompts=4", "policy.rollouts=64", "policy.steps=20", "recording.megabytes=1", "evaluation.every=0"]), folder.Path);

        RunFolder run = new(folder.Path);
        IReadOnlyList<int> steps = new RolloutRecordReader(run).ReadSteps();

        Assert.InRange(new DirectoryInfo(run.Rollouts).EnumerateFiles().Sum(file => file.Length), 1, 1 << 20);
        Assert.InRange(steps.Count, 2, 19);
        Assert.Equal(20, steps[^1]);
    }

    private static void AssertClose(ReadOnlySpan<float> expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < actual.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], 1e-4f * Math.Max(1, Math.Abs(expected[i])));
        }
    }
}
