using Proximal.Comparisons;
using Proximal.Recipes;
using Proximal.Runs;
using Proximal.Tests.Training;

namespace Proximal.Tests.Comparisons;

/// <summary>Runs that stand beside each other, and share what they have in common, are the runs that each would be alone.</summary>
public sealed class SideBySideTests
{
    private const string Probes = "objective: rexrag\n  collection: { name: rexrag, pool: [ '<hm>' ] }";

    /// <summary>Policy stages that need no vocabulary of their own.</summary>
    public static TheoryData<string> Methods => [.. ((IEnumerable<object[]>)TinyRuns.PolicyStages).Select(row => (string)row[0]).Where(policy => !policy.Contains("pool", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Methods))]
    public void A_run_that_takes_over_the_supervised_stage_of_another_has_the_bits_of_one_that_trains_it_itself(string policy)
    {
        using TemporaryFolder folder = new();
        TinyRuns.Train(TinyRuns.Recipe(policy), folder.File("alone"));
        ComparisonRecorder recorder = new();

        IReadOnlyList<ComparedResult> results = SideBySide.Train(
            [Run("first", "objective: dr-grpo", folder), Run("second", policy, folder)], together: 2, recorder);

        Assert.All(results, result => Assert.True(result.Finished, result.Failure));
        Assert.Equal([("first-3", null), ("second-3", "first-3")], recorder.Starts);
        Assert.DoesNotContain(recorder.Steps, step => step is { Run: "second-3", Progress.Stage: "supervised" });
        TinyRuns.AssertSame(folder.File("alone"), folder.File("second-3"));
        Assert.Equal(File.ReadAllText(Path.Combine(folder.File("alone"), "recipe.yaml")), results[1].Run.Recipe);
    }

    [Fact]
    public void A_run_that_differs_before_policy_optimization_trains_all_itself()
    {
        using TemporaryFolder folder = new();
        Recipe[] others =
        [
            TinyRuns.Recipe("objective: grpo", overrides: "supervised.steps=3"),
            TinyRuns.Recipe("objective: grpo", overrides: "seed=4"),
            TinyRuns.Recipe("objective: grpo", overrides: "model.width=32"),
            TinyRuns.Recipe("objective: grpo", overrides: "evaluation.prompts=5"),
            TinyRuns.Recipe("objective: grpo", overrides: "policy.response-tokens=7"),
            TinyRuns.Recipe(Probes),
        ];
        ComparisonRecorder recorder = new();

        SideBySide.Train([Run("first", "objective: grpo", folder), .. others.Select((recipe, i) => new PolicyRun($"other{i}", recipe, folder.Path))], together: 2, recorder);

        Assert.All(recorder.Starts, start => Assert.Null(start.Start));
        Assert.Equal(7, recorder.Starts.Count);
    }

    [Fact]
    public void Runs_of_one_seed_see_the_same_prompts_in_the_same_order()
    {
        using TemporaryFolder folder = new();
        SideBySide.Train([Run("first", "objective: grpo", folder), Run("second", "objective: gspo", folder)], together: 2);

        Assert.Equal(Prompts(folder.File("first-3")), Prompts(folder.File("second-3")));

        static string[] Prompts(string run) => [.. File.ReadLines(new RunFolder(run).Samples).Select(line => line[..line.IndexOf("\"response\"", StringComparison.Ordinal)])];
    }

    [Fact]
    public void A_comparison_that_is_stopped_again_and_again_ends_with_the_same_bits_and_trains_nothing_twice()
    {
        using TemporaryFolder folder = new();
        foreach (string objective in (string[])["grpo", "rloo"])
        {
            TinyRuns.Train(TinyRuns.Recipe($"objective: {objective}"), folder.File($"{objective}-alone"));
        }

        List<(string Run, long Step)> steps = [];
        IReadOnlyList<ComparedResult> results = [];
        for (int attempt = 0; attempt == 0 || !results.All(result => result.Finished); attempt++)
        {
            Assert.InRange(attempt, 0, 30);
            using CancellationTokenSource stop = new();
            int count = 0;
            ComparisonRecorder recorder = new((run, progress) =>
            {
                steps.Add((run.Name, progress.Step));
                if (++count == 3)
                {
                    stop.Cancel();
                }
            });
            results = SideBySide.Train([Run("grpo", "objective: grpo", folder), Run("rloo", "objective: rloo", folder)], together: 2, recorder, stop.Token);
        }

        Assert.Equal(steps.Distinct().Count(), steps.Count);
        TinyRuns.AssertSame(folder.File("grpo-alone"), folder.File("grpo-3"));
        TinyRuns.AssertSame(folder.File("rloo-alone"), folder.File("rloo-3"));
    }

    [Fact]
    public void Finished_runs_are_left_alone()
    {
        using TemporaryFolder folder = new();
        SideBySide.Train([Run("grpo", "objective: grpo", folder)], together: 1);
        ComparisonRecorder recorder = new();

        ComparedResult result = Assert.Single(SideBySide.Train([Run("grpo", "objective: grpo", folder)], together: 1, recorder));

        Assert.True(result is { Finished: true, Failure: null, Seconds: > 0 });
        Assert.Empty(recorder.Starts);
        Assert.True(Assert.Single(recorder.Ends).Before);
    }

    [Fact]
    public void A_run_that_fails_says_why_and_the_others_go_on()
    {
        using TemporaryFolder folder = new();
        Recipe wild = TinyRuns.Recipe("objective: rloo\n  optimizer: { name: sgd, learning-rate: 10 }\n  gradient-clip: 0\n  rewards: [ { name: score, weight: 1e38 } ]");

        IReadOnlyList<ComparedResult> results = SideBySide.Train(
            [new PolicyRun("wild", wild, folder.Path), Run("tame", "objective: grpo", folder)], together: 1);

        Assert.False(results[0].Finished);
        Assert.StartsWith("policy at step ", results[0].Failure, StringComparison.Ordinal);
        Assert.True(results[1].Finished);
    }

    [Fact]
    public void Where_the_run_that_trains_the_common_part_fails_the_next_one_trains_it()
    {
        using TemporaryFolder folder = new();
        ComparisonRecorder recorder = new((run, progress) =>
        {
            if (run.Variant == "first" && progress.Step == 2)
            {
                throw new InvalidOperationException("the disk is gone");
            }
        });

        IReadOnlyList<ComparedResult> results = SideBySide.Train(
            [Run("first", "objective: grpo", folder), Run("second", "objective: rloo", folder)], together: 2, recorder);

        Assert.Equal("the disk is gone", results[0].Failure);
        Assert.True(results[1].Finished);
        Assert.Equal([("first-3", null), ("second-3", null)], recorder.Starts);
    }

    [Fact]
    public void A_folder_with_a_run_of_another_recipe_is_refused_before_anything_is_trained()
    {
        using TemporaryFolder folder = new();
        SideBySide.Train([Run("b", "objective: grpo", folder)], together: 1);

        InvalidDataException fault = Assert.Throws<InvalidDataException>(() =>
            SideBySide.Train([Run("a", "objective: grpo", folder), Run("b", "objective: rloo", folder)], together: 1));

        Assert.Contains("'policy.objective' is 'grpo' in it and 'rloo' now", fault.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.File("a-3")));
    }

    private static PolicyRun Run(string name, string policy, TemporaryFolder folder) => new(name, TinyRuns.Recipe(policy), folder.Path);
}
