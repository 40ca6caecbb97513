using System.Text.Json;
using Proximal.Recipes;
using Proximal.Runs;
using Proximal.Training;

namespace Proximal.Tests.Runs;

public sealed class RunReaderTests(TinyRun run) : IClassFixture<TinyRun>
{
    [Fact]
    public void Reads_back_every_step_and_evaluation_in_order()
    {
        RunMetrics[] all = [.. new RunReader(run.Folder).ReadMetrics()];
        Assert.Equal([1, 2, 3], all.Where(m => m.Stage == TrainingStage.Policy && !double.IsNaN(m["reward/mean"])).Select(m => m.Step));
        Assert.Equal(run.Outcome.Evaluations.Select(e => e.Reward), all.Where(m => !double.IsNaN(m["evaluation/reward"])).Select(m => m["evaluation/reward"]));
    }

    [Fact]
    public void A_held_out_curve_of_the_policy_stage_begins_after_supervised_learning()
    {
        (double[] steps, double[] values) = new RunReader(run.Folder).ReadCurve("evaluation/reward");
        Assert.Equal([0, 3], steps);
        Assert.Equal(run.Outcome.Evaluations.Skip(1).Select(e => e.Reward), values);
    }

    [Fact]
    public void A_metric_that_the_run_lacks_is_an_empty_curve() => Assert.Empty(new RunReader(run.Folder).ReadCurve("no/such").Values);

    [Fact]
    public void The_summary_of_a_finished_run_has_its_end_and_its_evaluations()
    {
        RunSummary summary = new RunReader(run.Folder).ReadSummary(TinyRun.Catalog);
        Assert.Equal(RunState.Finished, summary.State);
        Assert.Equal(new RunPosition(TrainingStage.Policy, 3), summary.Position);
        Assert.Equal(3, summary.Steps);
        Assert.Equal(run.Outcome.Evaluations.Select(e => e.Label), summary.Evaluations.Select(e => e.Label));
    }

    [Fact]
    public void A_run_that_a_process_holds_is_running_and_cannot_be_deleted()
    {
        using TrainingSession session = new(run.Recipe, run.Folder);
        Assert.Equal(RunState.Running, new RunReader(run.Folder).ReadSummary(TinyRun.Catalog).State);
        Assert.Throws<IOException>(run.Folder.Delete);
        Assert.True(run.Folder.Exists);
    }

    [Fact]
    public void The_pinned_recipe_is_read_back() => Assert.Equal(
        RecipeWriter.Write(run.Recipe),
        RecipeWriter.Write(new RunReader(run.Folder).ReadRecipe(TinyRun.Catalog)));

    [Fact]
    public void A_recipe_of_unknown_components_leaves_only_the_number_of_steps_out()
    {
        RunSummary summary = new RunReader(run.Folder).ReadSummary(new Catalog());
        Assert.Null(summary.Steps);
        Assert.Equal(RunState.Finished, summary.State);
    }

    [Fact]
    public void Finds_the_runs_of_a_folder_and_a_run_itself()
    {
        Assert.Equal(run.Folder.Path, Assert.Single(RunReader.Find(run.Root)).Folder.Path);
        Assert.Equal(run.Folder.Path, Assert.Single(RunReader.Find(run.Folder.Path)).Folder.Path);
        Assert.Throws<DirectoryNotFoundException>(() => RunReader.Find(Path.Combine(run.Root, "missing")));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"stage":"policy"}""")]
    [InlineData("""{"stage":"7","step":1}""")]
    [InlineData("""{"stage":"policy","step":1.5}""")]
    [InlineData("""{"stage":"policy","step":-1}""")]
    [InlineData("""{"stage":"policy","step":1,"x":"y"}""")]
    [InlineData("""{"stage":"policy","step":1,"x":{"y":1}}""")]
    [InlineData("""{"stage":"policy","step":1""")]
    public void A_line_that_is_no_metrics_is_refused(string line) =>
        Assert.ThrowsAny<JsonException>(() => RunMetrics.Parse(System.Text.Encoding.UTF8.GetBytes(line)));

    [Fact]
    public void What_was_not_finite_is_read_as_nan() => Assert.True(double.IsNaN(RunMetrics.Parse("""{"stage":"policy","step":1,"x":null}"""u8)["x"]));
}
