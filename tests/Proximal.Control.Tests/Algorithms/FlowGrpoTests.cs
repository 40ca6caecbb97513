using Proximal.Control.Algorithms.Flow;
using Proximal.Control.Environments;
using Proximal.Control.Environments.ClassicControl;
using Proximal.Control.Environments.Generation;
using Proximal.Control.Flow;
using Proximal.Control.Tests.Environments;
using Proximal.Tensors;

namespace Proximal.Control.Tests.Algorithms;

public sealed class FlowGrpoTests
{
    [Fact]
    public void An_unchanged_policy_has_ratios_of_exactly_one()
    {
        foreach (FlowRatio ratio in new[] { FlowRatio.Plain, FlowRatio.Normalized })
        {
            using FlowGrpo learner = new(new Flow2D(new Flow2DOptions { Padding = 5 }), Small() with { Ratio = ratio, Epochs = 1, Minibatches = 1 });
            learner.Learn(1);
            Assert.All(Enumerable.Range(1, 4), step => Assert.Equal((1, 0), (learner.Metrics[$"ratio/mean-{step}"], learner.Metrics[$"clip/fraction-{step}"])));
        }
    }

    [Fact]
    public void The_proxy_rises()
    {
        FlowGrpoOptions options = new()
        {
            PretrainingUpdates = 150,
            PretrainingBatch = 64,
            LearningRate = 2e-3,
            Ratio = FlowRatio.Normalized,
            Reweight = true,
            Clip = 0.02,
            Policy = new() { Steps = 5, Hidden = [32] },
        };
        using Workers workers = new(1);
        using FlowGrpo learner = new(new Flow2D(), options, workers: workers);
        learner.Learn(128);
        double first = learner.Metrics["reward/mean"];
        learner.Learn(128 * 25);
        Assert.True(learner.Metrics["reward/mean"] > first + 0.3, $"{first} to {learner.Metrics["reward/mean"]}");
    }

    [Fact]
    public void Two_workers_and_a_learner_that_was_saved_on_the_way_come_to_the_same_bits()
    {
        using TemporaryFolder folder = new();
        using Workers one = new(1), two = new(2);
        using FlowGrpo whole = Create(one), shared = Create(two), half = Create(one), resumed = Create(one);
        whole.LearnUntil(64);
        shared.LearnUntil(64);
        half.LearnUntil(32);
        half.Save(folder.File("half"));
        resumed.Load(folder.File("half"));
        resumed.LearnUntil(64);
        Assert.Equal(4, whole.Iterations);
        Assert.Equal(Weights(whole), Weights(shared));
        Assert.Equal(Weights(whole), Weights(resumed));

        static FlowGrpo Create(Workers workers) =>
            new(new Flow2D(new Flow2DOptions { Padding = 3, Targets = 4 }), Small() with { Ratio = FlowRatio.Normalized, Reweight = true, Epochs = 2, Minibatches = 3 }, seed: 5, workers);

        static float[] Weights(FlowGrpo learner) => [.. learner.Policy.Parameters.SelectMany(p => p.Data.ToArray())];
    }

    [Fact]
    public void Groups_are_compared_within_themselves()
    {
        float[] advantages = new float[6];
        FlowGrpo.CompareGroups([1, 0, 0, 5, 5, 5], 3, advantages);
        Assert.Equal(2 / 3.0 / Math.Sqrt(1 / 3.0), advantages[0], 1e-4);
        Assert.Equal(-1 / 3.0 / Math.Sqrt(1 / 3.0), advantages[1], 1e-4);
        Assert.Equal([0, 0, 0], advantages[3..]);
    }

    [Fact]
    public void Environments_of_several_steps_and_without_examples_are_refused()
    {
        Assert.Contains("episodes of one action", Assert.Throws<ArgumentException>(() => new FlowGrpo(new Pendulum())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_ring_is_an_environment_whose_proxy_has_a_loophole()
    {
        EnvironmentContract.AssertKept(new Flow2D(new Flow2DOptions { Targets = 8, Padding = 2 }));
        Assert.Equal(1, Flow2D.Proxy(0, 2, 0, 0.2), 1e-12);
        Assert.Equal(1, Flow2D.Proxy(0, 9, 0, 0.2), 1e-12);
        Assert.Equal(0.5, Flow2D.Proxy(0, 1, 0, 0.2), 1e-12);
        Assert.Equal(Math.Exp(-0.5), Flow2D.Proxy(2, 2 * Math.Sin(0.2), 2 * Math.Cos(0.2), 0.2), 1e-12);
        Assert.True(Flow2D.LogDensity(0, 2, 0) > 1.9 && Flow2D.LogDensity(0, 2.5, 0) < -3);

        Flow2D ring = new();
        EpisodeRandom random = new(3);
        float[] observation = new float[2], action = new float[2];
        int[] modes = new int[Flow2D.Modes];
        for (int i = 0; i < 800; i++)
        {
            ring.DrawExample(ref random, observation, action);
            int mode = (int)Math.Round(Math.Atan2(action[1], action[0]) * Flow2D.Modes / (2 * Math.PI));
            modes[(mode + Flow2D.Modes) % Flow2D.Modes]++;
        }

        Assert.All(modes, count => Assert.InRange(count, 60, 140));
    }

    private static FlowGrpoOptions Small() => new()
    {
        Groups = 2,
        Samples = 8,
        PretrainingUpdates = 3,
        PretrainingBatch = 8,
        Policy = new() { Steps = 4, Hidden = [16] },
    };
}
