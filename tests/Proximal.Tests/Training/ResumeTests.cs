using Proximal.Recipes;
using Proximal.Regularizers;
using Proximal.Rollouts;
using Proximal.Runs;
using Proximal.Training;

namespace Proximal.Tests.Training;

/// <summary>A run that was stopped anywhere ends with the bits of an undisturbed one.</summary>
public sealed class ResumeTests
{
    [Theory]
    [MemberData(nameof(TinyRuns.PolicyStages), MemberType = typeof(TinyRuns))]
    public void A_run_that_is_stopped_after_every_step_ends_with_the_bits_of_an_undisturbed_one(string policy)
    {
        using TemporaryFolder folder = new();
        Recipe recipe = TinyRuns.Recipe(policy);
        TinyRuns.Train(recipe, folder.File("whole"));

        RunUntilFinished(recipe, folder.File("stopped"), stopAfter: 1);
        RunUntilFinished(recipe, folder.File("stopped less often"), stopAfter: 4);

        TinyRuns.AssertSame(folder.File("whole"), folder.File("stopped"));
        TinyRuns.AssertSame(folder.File("whole"), folder.File("stopped less often"));
    }

    [Theory]
    [MemberData(nameof(TinyRuns.PolicyStages), MemberType = typeof(TinyRuns))]
    public void A_session_that_dies_goes_back_to_its_last_checkpoint(string policy)
    {
        using TemporaryFolder folder = new();
        Recipe recipe = TinyRuns.Recipe(policy);
        TinyRuns.Train(recipe, folder.File("whole"));

        // Checkpoints stand after steps 2 and 4 of a stage: each death loses a step and leaves logs that are too long.
        foreach (int deadly in new[] { 3, 7, 9 })
        {
            Recorder mortal = new(report => Die(report, deadly));
            Assert.Throws<OperationCanceledException>(() => TinyRuns.Train(recipe, folder.File("died"), observer: mortal));
        }

        TinyRuns.Train(recipe, folder.File("died"));
        TinyRuns.AssertSame(folder.File("whole"), folder.File("died"));

        static void Die(StepReport report, int deadly)
        {
            if (report.Step + (report.Stage == TrainingStage.Policy ? 4 : 0) == deadly)
            {
                throw new OperationCanceledException();
            }
        }
    }

    [Fact]
    public void A_run_without_supervised_stage_finds_its_reference_model_again()
    {
        using TemporaryFolder folder = new();
        Recipe recipe = TinyRuns.Recipe("objective: grpo") with { Supervised = null };
        TinyRuns.Train(recipe, folder.File("whole"));
        RunUntilFinished(recipe, folder.File("stopped"), stopAfter: 1);

        TinyRuns.AssertSame(folder.File("whole"), folder.File("stopped"));
    }

    [Fact]
    public void A_session_can_be_asked_to_stop_and_go_on()
    {
        using TemporaryFolder folder = new();
        Recipe recipe = TinyRuns.Recipe("objective: ppo");
        TinyRuns.Train(recipe, folder.File("whole"));

        CancellationTokenSource? stop = null;
        Recorder recorder = new(_ => stop!.Cancel());
        using (TrainingSession session = new(recipe, new RunFolder(folder.File("stopped")), recorder))
        {
            bool finished = false;
            while (!finished)
            {
                using CancellationTokenSource source = stop = new();
                finished = session.Run(source.Token).Finished;
            }
        }

        Assert.Equal(9, recorder.Steps.Count);
        TinyRuns.AssertSame(folder.File("whole"), folder.File("stopped"));
    }

    [Fact]
    public void A_run_continues_with_what_has_no_part_in_its_weights()
    {
        using TemporaryFolder folder = new();
        Recipe recipe = TinyRuns.Recipe("objective: ppo");
        TinyRuns.Train(recipe, folder.File("whole"));

        string changed = folder.File("changed");
        using (CancellationTokenSource stop = new())
        using (TrainingSession session = new(recipe, new RunFolder(changed), new Recorder(report => Stop(report, stop))))
        {
            session.Run(stop.Token);
        }

        Recipe other = TinyRuns.Recipe("objective: ppo", workers: 3, overrides: ["name=other", "evaluation.every=0", "checkpoints.every=1", "checkpoints.keep=5", "recording.every=2"]);
        Assert.True(TinyRuns.Train(other, changed).Finished);
        Assert.Equal(TinyRuns.Weights(folder.File("whole")), TinyRuns.Weights(changed));
        Assert.Equal(RecipeWriter.Write(other), File.ReadAllText(new RunFolder(changed).Recipe));

        static void Stop(StepReport report, CancellationTokenSource stop)
        {
            if (report.Stage == TrainingStage.Policy && report.Step == 3)
            {
                stop.Cancel();
            }
        }
    }

    [Fact]
    public void A_session_that_failed_goes_no_further_and_the_run_continues_in_another()
    {
        using TemporaryFolder folder = new();
        Recipe recipe = TinyRuns.Recipe("objective: ppo");
        TinyRuns.Train(recipe, folder.File("whole"));

        // The adversary strikes between the updates of a step: parameters of the session are those of no step.
        Saboteur saboteur = new() { Strikes = 3 };
        using (TrainingSession session = new(saboteur.In(recipe), new RunFolder(folder.File("failed"))))
        {
            Assert.Throws<NonFiniteException>(() => session.Run());
            InvalidOperationException exception = Assert.Throws<InvalidOperationException>(() => session.Run());
            Assert.StartsWith(folder.File("failed"), exception.Message, StringComparison.Ordinal);
            Assert.Contains("open the run again", exception.Message, StringComparison.Ordinal);
        }

        Assert.True(TinyRuns.Train(saboteur.In(recipe), folder.File("failed")).Finished);
        Assert.Equal(TinyRuns.Weights(folder.File("whole")), TinyRuns.Weights(folder.File("failed")));
    }

    [Fact]
    public void A_run_that_is_stopped_again_at_once_keeps_the_checkpoint_that_it_came_from()
    {
        using TemporaryFolder folder = new();
        Recipe recipe = TinyRuns.Recipe("objective: grpo", overrides: "checkpoints.keep=1");
        using CancellationTokenSource stop = new();
        using (TrainingSession session = new(recipe, new RunFolder(folder.Path), new Recorder(_ => stop.Cancel())))
        {
            session.Run(stop.Token);
        }

        string checkpoint = Assert.Single(Directory.GetDirectories(new RunFolder(folder.Path).Checkpoints)), mark = Path.Combine(checkpoint, "mark");
        File.WriteAllText(mark, "");
        using (TrainingSession session = new(recipe, new RunFolder(folder.Path)))
        {
            Assert.False(session.Run(stop.Token).Finished);
        }

        Assert.True(File.Exists(mark));
    }

    [Fact]
    public void A_finished_run_stays_as_it_is()
    {
        using TemporaryFolder folder = new();
        Recipe recipe = TinyRuns.Recipe("objective: rloo");
        TrainingOutcome first = TinyRuns.Train(recipe, folder.Path);
        byte[] metrics = File.ReadAllBytes(new RunFolder(folder.Path).Metrics), weights = TinyRuns.Weights(folder.Path);
        TrainingOutcome again = TinyRuns.Train(recipe, folder.Path);

        Assert.True(again.Finished);
        Assert.Equal(first.Evaluations.Select(e => (e.Label, e.Exact, e.Reward)), again.Evaluations.Select(e => (e.Label, e.Exact, e.Reward)));
        Assert.Equal(metrics, File.ReadAllBytes(new RunFolder(folder.Path).Metrics));
        Assert.Equal(weights, TinyRuns.Weights(folder.Path));
    }

    /// <summary>A regularizer that adds nothing, and fails once.</summary>
    private sealed class Saboteur : IRegularizer
    {
        public ComponentInfo Info { get; } = new("saboteur", Seam.Regularizers, "Fails once.", "", "");

        public string Metric => "saboteur";

        /// <summary>The update at which it fails.</summary>
        public int Strikes { get; set; }

        public Recipe In(Recipe recipe)
        {
            ComponentDefinition<IRegularizer, NoOptions> definition = new(Info, NoOptions.Schema, _ => this);
            return recipe with { Policy = recipe.Policy! with { Regularizers = [new ComponentChoice(definition)] } };
        }

        public double Apply(PathBatch batch, Penalty penalty) => Strikes-- == 0 ? throw new NonFiniteException("saboteur", batch.Step, "is infinite") : 0;
    }

    private static void RunUntilFinished(Recipe recipe, string folder, int stopAfter)
    {
        bool finished = false;
        for (int attempt = 0; !finished; attempt++)
        {
            Assert.InRange(attempt, 0, 20);
            using CancellationTokenSource stop = new();
            int steps = 0;
            Recorder recorder = new(_ => Stop());
            using TrainingSession session = new(recipe, new RunFolder(folder), recorder);
            finished = session.Run(stop.Token).Finished;

            void Stop()
            {
                if (++steps == stopAfter)
                {
                    stop.Cancel();
                }
            }
        }
    }
}
