using Proximal.Models.Configuration;
using Proximal.Models.Generation;
using Proximal.Models.Llama;
using Proximal.Objectives;
using Proximal.Recipes;
using Proximal.Rollouts;
using Proximal.Runs;
using Proximal.Tensors;
using Proximal.Tensors.Random;
using Proximal.Tests.Rollouts;
using Proximal.Training;

namespace Proximal.Tests.Training;

/// <summary>Runs whose policy is a mixture of experts.</summary>
public sealed class MixtureRunTests
{
    public static TheoryData<string> PolicyStages =>
    [
        "objective: minirl-stable\n  routing-replay: rollout\n  collection: { name: stale, lag: 3, noise: 0.2 }",
        "objective: minirl-stable\n  routing-replay: old\n  collection: { name: stale, lag: 3, noise: 0.2 }",
        "objective: ppo\n  routing-replay: old",
        "objective: grpo\n  regularizers: [ { name: kl, estimator: full } ]",
    ];

    [Theory]
    [MemberData(nameof(PolicyStages))]
    public void Runs_have_the_same_bits_on_any_number_of_workers_and_after_every_stop(string policy)
    {
        using TemporaryFolder folder = new();
        TinyRuns.Train(Recipe(policy), folder.File("whole"));
        TinyRuns.Train(Recipe(policy, workers: 2), folder.File("two workers"));
        TinyRuns.Train(Recipe(policy, workers: 3), folder.File("small microbatches"), o => o.MicrobatchTokens = 20);
        bool finished = false;
        while (!finished)
        {
            using CancellationTokenSource stop = new();
            using TrainingSession session = new(Recipe(policy), new RunFolder(folder.File("stopped")), new Recorder(_ => stop.Cancel()));
            finished = session.Run(stop.Token).Finished;
        }

        foreach (string other in new[] { "two workers", "small microbatches", "stopped" })
        {
            TinyRuns.AssertSame(folder.File("whole"), folder.File(other));
        }
    }

    [Theory]
    [InlineData("none")]
    [InlineData("old")]
    [InlineData("rollout")]
    public void A_mixture_that_generates_with_its_own_distribution_trains_on_the_same_bits_whatever_is_replayed(string replay)
    {
        using TemporaryFolder folder = new();
        Recorder recorder = new();
        TinyRuns.Train(Recipe($"objective: cispo\n  routing-replay: {replay}", overrides: ["policy.updates=1", "policy.epochs=1"]), folder.Path, observer: recorder);
        Assert.All(recorder.Policy, report =>
        {
            Assert.Equal(0, report["exactness/largest-mismatch"]);
            Assert.Equal(0, report["experts/flip-rate"]);
            Assert.InRange(report["experts/largest-load"], 1, 4);
            Assert.Equal((1, 1, 1), (report["ratio/mean"], report["ratio/largest"], report["ratio/smallest"]));
        });
    }

    [Fact]
    public void Replay_is_refused_for_a_dense_model()
    {
        using TemporaryFolder folder = new();
        InvalidDataException thrown = Assert.Throws<InvalidDataException>(() => TinyRuns.Train(TinyRuns.Recipe("objective: grpo\n  routing-replay: rollout"), folder.Path));
        Assert.Contains("policy.routing-replay is 'rollout', but the model has no experts", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Old_log_probabilities_follow_the_sampler_only_when_its_routes_are_replayed_and_new_ones_follow_what_is_replayed()
    {
        using LlamaModel sampler = NewModel(1), policy = NewModel(2);
        RolloutBatch batch = Sample(sampler);
        float[] free = Old(policy, batch, RoutingReplay.None), old = Old(policy, batch, RoutingReplay.Old), rollout = Old(policy, batch, RoutingReplay.Rollout);
        Assert.Equal(free, old);
        Assert.NotEqual(free, rollout);

        // The routers of the changed policy choose otherwise; the replayed pass still sees the experts of the old one.
        Assert.True(UpdateAfterRouterChange(RoutingReplay.None, out float[] changed) > 0.02);
        Assert.True(UpdateAfterRouterChange(RoutingReplay.Old, out float[] held) > 0.02);
        Assert.NotEqual(changed, held);
        Assert.True(Distance(held) < Distance(changed));

        double UpdateAfterRouterChange(RoutingReplay replay, out float[] current)
        {
            using LlamaModel model = policy.Clone(trainable: true);
            using Workers workers = new(1);
            using UpdateLanes lanes = new(model, workers, 1000);
            PolicyUpdater updater = NewUpdater(lanes, model, replay);
            updater.BeginOffPolicy(batch);
            batch.Paths.Current.CopyTo(batch.Paths.Old);
            foreach (Parameter router in model.Parameters.Where(p => p.Name.EndsWith("moe.gate.weight", StringComparison.Ordinal)))
            {
                for (int i = 0; i < router.Length; i++)
                {
                    router.Data[i] += 0.2f * MathF.Sin(i);
                }

                router.MarkChanged();
            }

            updater.Update(batch, 0, batch.Trees.Count, StabilityObjectives.MiniRl.CreateObjective(), currentIsKnown: false);
            Assert.Equal(0, updater.LargestMismatch);
            current = batch.Paths.Current.ToArray();
            return updater.Routing!.Value.FlipRate;
        }

        double Distance(float[] current) => current.Zip(free, (a, b) => Math.Abs(a - b)).Sum();
    }

    [Fact]
    public void Gradients_do_not_depend_on_microbatches_or_workers()
    {
        using LlamaModel sampler = NewModel(1), policy = NewModel(2);
        RolloutBatch batch = Sample(sampler);
        int[] expected = Gradients(1, 100_000);
        foreach ((int workers, int tokens) in new[] { (2, 100_000), (1, 1), (2, 75), (3, 40) })
        {
            Assert.Equal(expected, Gradients(workers, tokens));
        }

        int[] Gradients(int workerCount, int tokens)
        {
            using Workers workers = new(workerCount);
            using UpdateLanes lanes = new(policy, workers, tokens);
            PolicyUpdater updater = NewUpdater(lanes, policy, RoutingReplay.Rollout);
            updater.BeginOffPolicy(batch);
            batch.Paths.Current.CopyTo(batch.Paths.Old);
            for (int t = 0; t < batch.Paths.TokenCount; t++)
            {
                batch.Paths.Advantage[t] = MathF.Sin(t);
            }

            foreach (Parameter parameter in policy.Parameters)
            {
                parameter.ClearGradient();
            }

            updater.Update(batch, 0, batch.Trees.Count, StabilityObjectives.MiniRl.CreateObjective(), currentIsKnown: true);
            return [.. policy.Parameters.SelectMany(p => p.Gradient.ToArray()).Select(BitConverter.SingleToInt32Bits)];
        }
    }

    private static Recipe Recipe(string policy, int workers = 1, params string[] overrides) => TinyRuns.Recipe(policy, workers, overrides: ["model.experts=4", .. overrides]);

    private static float[] Old(LlamaModel policy, RolloutBatch batch, RoutingReplay replay)
    {
        using Workers workers = new(1);
        using UpdateLanes lanes = new(policy, workers, 1000);
        NewUpdater(lanes, policy, replay).BeginOffPolicy(batch);
        return batch.Paths.Current.ToArray();
    }

    private static PolicyUpdater NewUpdater(UpdateLanes lanes, LlamaModel model, RoutingReplay replay) =>
        new(lanes, null, new ExpertRoutes(replay, model.Configuration.Layers, model.Configuration.Experts, model.Configuration.RouteLength));

    private static RolloutBatch Sample(LlamaModel sampler)
    {
        TokenTree[] trees = [.. Enumerable.Range(0, 20).Select(i => new TokenTree([1, i % TestTrees.Vocabulary, 4]))];
        using Generator generator = new(sampler, new SamplingOptions(), endOfSequence: [3]);
        generator.Run([.. trees.SelectMany((tree, t) => Enumerable.Range(0, 3).Select(i =>
            new GenerationJob(tree, tree.Branch(0, SegmentOrigin.Policy), new RandomStream(9, RandomPurpose.Sampling, t, i), 12)))]);
        return TestTrees.Batch(trees);
    }

    private static LlamaModel NewModel(ulong seed) => LlamaModel.Create(
        new LlamaConfiguration
        {
            VocabularySize = TestTrees.Vocabulary,
            HiddenSize = 16,
            IntermediateSize = 12,
            Layers = 2,
            Heads = 2,
            Experts = 4,
            TieEmbeddings = true,
            MaximumPositions = 64,
        },
        seed);
}
