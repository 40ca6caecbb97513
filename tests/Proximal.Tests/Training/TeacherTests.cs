using Proximal.Models.Generation;
using Proximal.Recipes;
using Proximal.Runs;
using Proximal.Tensors.Safetensors;
using Proximal.Training;

namespace Proximal.Tests.Training;

/// <summary>Demonstrations that a model writes.</summary>
public sealed class TeacherTests
{
    private const string Teacher = "teacher: { steps: 3, batch: 6, begin: 1, only-right: false, temperature: 0.9 }";

    [Theory]
    [InlineData($"steps: 4, weighting: pear, {Teacher}")]
    [InlineData($"steps: 4, weighting: {{ name: pear, variant: block, block: 2, negative: 0.5 }}, {Teacher}")]
    [InlineData("steps: 4, weighting: dft")]
    public void A_run_with_a_teacher_resumes_to_the_same_bits(string supervised)
    {
        using TemporaryFolder folder = new();
        Recipe recipe = TinyRuns.Recipe("objective: grpo", supervised: supervised);
        TinyRuns.Train(recipe, folder.File("whole"));
        TrainingOutcome outcome;
        int sessions = 0;
        do
        {
            using CancellationTokenSource stop = new();
            using TrainingSession session = new(recipe, new RunFolder(folder.File("stopped")), new Recorder(_ => stop.Cancel()));
            outcome = session.Run(stop.Token);
            Assert.InRange(++sessions, 1, 20);
        }
        while (!outcome.Finished);

        TinyRuns.AssertSame(folder.File("whole"), folder.File("stopped"));
    }

    [Fact]
    public void The_teacher_is_a_stage_of_its_own_that_is_measured_and_kept()
    {
        using TemporaryFolder folder = new();
        Recorder recorder = new();
        TrainingOutcome outcome = TinyRuns.Train(TinyRuns.Recipe("objective: grpo", supervised: $"steps: 4, {Teacher}"), folder.Path, observer: recorder);
        Assert.Equal(
            [TrainingStage.Teacher, TrainingStage.Supervised, TrainingStage.Policy],
            recorder.Steps.Select(step => step.Stage).Distinct());
        Assert.Equal(3, recorder.Steps.Count(step => step.Stage == TrainingStage.Teacher));
        Assert.Contains("after teacher", outcome.Evaluations.Select(evaluation => evaluation.Label));
        using SafetensorsFile file = SafetensorsFile.Open(Path.Combine(folder.Path, "checkpoints", "4-finished-0000000", "teacher.safetensors"));
        Assert.NotEmpty(file.Tensors);
    }

    [Fact]
    public void A_run_can_be_the_teacher_of_another_and_is_not_trained_again()
    {
        using TemporaryFolder folder = new();
        TinyRuns.Train(TinyRuns.Recipe("objective: grpo"), folder.File("first"));
        Recipe recipe = TinyRuns.Recipe("objective: grpo", supervised: "steps: 4, weighting: pear") with { Policy = null };
        recipe = recipe with { Supervised = recipe.Supervised! with { Teacher = new TeacherSettings { Checkpoint = folder.File("first"), OnlyRight = false } } };
        Recorder recorder = new();
        TinyRuns.Train(recipe, folder.File("second"), observer: recorder);
        Assert.Equal([TrainingStage.Supervised], recorder.Steps.Select(step => step.Stage).Distinct());
        Assert.All(recorder.Steps, step => Assert.InRange(step["weight/mean"], 0.1, 10));
    }

    [Fact]
    public void A_weighting_that_needs_a_teacher_says_so()
    {
        using TemporaryFolder folder = new();
        InvalidDataException exception = Assert.Throws<InvalidDataException>(
            () => TinyRuns.Train(TinyRuns.Recipe("objective: grpo", supervised: "steps: 4, weighting: pear"), folder.Path));
        Assert.Contains("'supervised.weighting' is pear", exception.Message, StringComparison.Ordinal);
    }
}
