using Proximal.Models.Checkpoints;
using Proximal.Recipes;
using Proximal.Rollouts;
using Proximal.Runs;
using Proximal.Training;

namespace Proximal.Tests.Training;

/// <summary>Several models that train side by side and learn from each other's rollouts.</summary>
public sealed class PeerTests
{
    private const string Models = "peers.models=[ { name: small, model: { width: 8, heads: 1, key-value-heads: 1 } }, { name: twin, supervised: { demonstration-noise: 0.5 } } ]";

    public static TheoryData<string, string> Stages => new()
    {
        { "vertical", "objective: f-tis" },
        { "vertical", "objective: ppo\n  shaping: [ { name: kl, adaptive: true, horizon: 20, coefficient: 0.05 } ]\n  critic: { warm-up: 1 }" },
        { "vertical", "objective: dapo\n  optimizer: { name: lion }" },
        { "vertical", "objective: reinforce\n  collection: { name: stale, lag: 3, noise: 0.2 }" },
        { "horizontal", "objective: f-tis\n  regularizers: [ { name: kl, adaptive: true, horizon: 20 } ]" },
        { "none", "objective: grpo" },
    };

    [Theory]
    [MemberData(nameof(Stages))]
    public void A_run_that_is_stopped_after_every_step_ends_with_the_bits_of_an_undisturbed_one(string sharing, string policy)
    {
        using TemporaryFolder folder = new();
        Recipe recipe = Peers(sharing, policy);
        TinyRuns.Train(recipe, folder.File("whole"));
        for (int attempt = 0; ; attempt++)
        {
            Assert.InRange(attempt, 0, 20);
            using CancellationTokenSource stop = new();
            using TrainingSession session = new(recipe, new RunFolder(folder.File("stopped")), new Recorder(_ => stop.Cancel()));
            if (session.Run(stop.Token).Finished)
            {
                break;
            }
        }

        TinyRuns.AssertSame(folder.File("whole"), folder.File("stopped"));
        Assert.All(["small", "twin"], name => Assert.Equal(Weights(folder.File("whole"), name), Weights(folder.File("stopped"), name)));
    }

    [Fact]
    public void A_session_that_dies_goes_back_to_its_last_checkpoint_and_finds_every_reference_model_again()
    {
        using TemporaryFolder folder = new();
        Recipe recipe = Peers("vertical", "objective: f-tis\n  regularizers: [ { name: kl } ]") with { Supervised = null };
        recipe = recipe with { Peers = recipe.Peers! with { Models = [.. recipe.Peers.Models.Select(peer => peer with { Supervised = null })] } };
        TinyRuns.Train(recipe, folder.File("whole"));

        // Checkpoints stand after steps 2 and 4: each death loses a step, in which some models had learned and others not.
        foreach (int deadly in new[] { 3, 5 })
        {
            Recorder mortal = new(report => Die(report, deadly));
            Assert.Throws<OperationCanceledException>(() => TinyRuns.Train(recipe, folder.File("died"), observer: mortal));
        }

        TinyRuns.Train(recipe, folder.File("died"));
        TinyRuns.AssertSame(folder.File("whole"), folder.File("died"));
        Assert.Equal(Weights(folder.File("whole"), "twin"), Weights(folder.File("died"), "twin"));

        static void Die(StepReport report, int deadly)
        {
            if (report.Step == deadly)
            {
                throw new OperationCanceledException();
            }
        }
    }

    [Fact]
    public void Threads_change_no_bit()
    {
        using TemporaryFolder folder = new();
        TinyRuns.Train(Peers("vertical", "objective: f-tis"), folder.File("one"));
        TinyRuns.Train(Peers("vertical", "objective: f-tis", workers: 3), folder.File("three"));

        TinyRuns.AssertSame(folder.File("one"), folder.File("three"));
        Assert.Equal(Weights(folder.File("one"), "small"), Weights(folder.File("three"), "small"));
    }

    [Fact]
    public void Where_nothing_is_shared_the_model_of_the_recipe_has_the_bits_that_it_has_alone()
    {
        using TemporaryFolder folder = new();
        TinyRuns.Train(TinyRuns.Recipe("objective: grpo"), folder.File("alone"));
        TinyRuns.Train(Peers("none", "objective: grpo"), folder.File("beside others"));

        Assert.Equal(TinyRuns.Weights(folder.File("alone")), TinyRuns.Weights(folder.File("beside others")));
        Assert.Equal(File.ReadAllText(new RunFolder(folder.File("alone")).Samples), File.ReadAllText(new RunFolder(folder.File("beside others")).Samples));
        Assert.NotEqual(Weights(folder.File("beside others"), "small").Length, Weights(folder.File("beside others"), "twin").Length);
    }

    [Theory]
    [InlineData("vertical")]
    [InlineData("horizontal")]
    [InlineData("none")]
    public void Every_model_learns_from_the_rollouts_of_all(string sharing)
    {
        StepReport[] steps = PolicySteps(sharing);

        foreach (StepReport step in steps)
        {
            PathBatch paths = step.Rollouts!.Paths;
            Assert.Equal((4, 12), (paths.GroupCount, paths.PathCount));
            for (int group = 0; group < paths.GroupCount; group++)
            {
                float[] foreign = paths.Foreign[paths.Group(group)].ToArray();
                float[] expected = sharing switch { "none" => [0, 0, 0], "horizontal" => [0, 1, 1], _ => group == 0 ? [0, 0, 0] : [1, 1, 1] };
                Assert.Equal(expected, foreign);
            }

            Assert.All(["peer/small/loss/total", "peer/twin/reward/mean"], metric => Assert.True(double.IsFinite(step[metric])));
            Assert.Equal(sharing == "none", double.IsNaN(step["sharing/bytes"]));
        }

        Assert.All(steps, step => Assert.Equal(0, step["exactness/largest-mismatch"]));
        Assert.All(steps, step => Assert.Equal(0, step["peer/small/exactness/largest-mismatch"]));
    }

    [Theory]
    [InlineData("vertical")]
    [InlineData("horizontal")]
    public void Old_log_probabilities_are_the_receivers_and_recorded_ones_the_generators(string sharing)
    {
        foreach (StepReport step in PolicySteps(sharing))
        {
            PathBatch paths = step.Rollouts!.Paths;
            for (int path = 0; path < paths.PathCount; path++)
            {
                float distance = 0;
                for (int t = paths.PathOffsets[path]; t < paths.PathOffsets[path + 1]; t++)
                {
                    distance += paths.Mask[t] * Math.Abs(paths.Old[t] - paths.Behaviour[t]);
                }

                Assert.Equal(paths.Foreign[path] != 0, distance > 0);
                Assert.Equal(paths.Foreign[path] != 0, paths.Trajectory(path).IsForeign);
            }
        }
    }

    [Fact]
    public void Evaluations_name_the_peers_and_end_with_the_model_of_the_recipe()
    {
        using TemporaryFolder folder = new();
        TrainingOutcome outcome = TinyRuns.Train(Peers("vertical", "objective: f-tis"), folder.Path);

        Assert.Equal(["before (small)", "before (twin)", "before"], outcome.Evaluations.Take(3).Select(e => e.Label));
        Assert.Equal(["after policy (small)", "after policy (twin)", "after policy"], outcome.Evaluations.TakeLast(3).Select(e => e.Label));
        Assert.Contains(File.ReadLines(new RunFolder(folder.Path).Metrics), line => line.Contains("\"peer/small/evaluation/exact\"", StringComparison.Ordinal) && line.Contains("\"evaluation/exact\"", StringComparison.Ordinal));
    }

    [Fact]
    public void Peers_are_models_in_folders_of_their_own()
    {
        using TemporaryFolder folder = new();
        RunFolder run = new(folder.File("run"));
        TinyRuns.Train(Peers("vertical", "objective: f-tis"), run.Path);

        using (TrainedPolicy small = TrainedPolicy.Load(Path.Combine(run.Peers, "small")))
        {
            Assert.Equal(8, small.Model.Configuration.HiddenSize);
            Assert.Equal(small.Tokenizer.EncodePrompt("1,3"), CheckpointFolder.ReadTokenizer(run.Model).EncodePrompt("1,3"));
        }

        run.Delete();
        Assert.False(Directory.Exists(run.Path));
    }

    [Fact]
    public void What_fails_in_a_peer_names_it()
    {
        using TemporaryFolder folder = new();
        Recipe recipe = TinyRuns.Recipe("objective: f-tis", overrides: ["peers.models=[ { name: small } ]", "supervised.optimizer.learning-rate=1e-2"]);
        int calls = 0;
        NonFiniteException exception = Assert.Throws<NonFiniteException>(() => TinyRuns.Train(recipe with
        {
            Policy = recipe.Policy! with { Regularizers = [FailingRegularizer.Choice(() => ++calls == 5)] },
        }, folder.Path));

        Assert.StartsWith("peer 'small': failing at step", exception.Message, StringComparison.Ordinal);
        Assert.Equal("failing", exception.Component);
        Assert.True(File.Exists(new RunFolder(folder.Path).FailedBatch));
    }

    private static StepReport[] PolicySteps(string sharing)
    {
        using TemporaryFolder folder = new();
        Recorder recorder = new();
        Recipe recipe = Peers(sharing, "objective: shared-nois", overrides: ["policy.updates=1", "policy.epochs=1"]);
        TinyRuns.Train(recipe, folder.Path, observer: recorder);
        return [.. recorder.Policy];
    }

    private static byte[] Weights(string folder, string peer) => File.ReadAllBytes(Path.Combine(new RunFolder(folder).Peers, peer, "model.safetensors"));

    private static Recipe Peers(string sharing, string policy, int workers = 1, params string[] overrides) =>
        TinyRuns.Recipe(policy, workers, overrides: [.. overrides, Models, $"peers.sharing={sharing}"]);
}
