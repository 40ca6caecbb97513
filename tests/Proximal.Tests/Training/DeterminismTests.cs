using Proximal.Environments;
using Proximal.Models.Generation;
using Proximal.Tasks;

namespace Proximal.Tests.Training;

/// <summary>A recipe decides the weights: neither threads nor the size of microbatches has a part in them.</summary>
public sealed class DeterminismTests
{
    [Theory]
    [MemberData(nameof(TinyRuns.PolicyStages), MemberType = typeof(TinyRuns))]
    public void Two_runs_of_a_recipe_have_the_same_bits_with_any_number_of_workers(string policy)
    {
        using TemporaryFolder folder = new();
        TinyRuns.Train(TinyRuns.Recipe(policy), folder.File("first"));
        TinyRuns.Train(TinyRuns.Recipe(policy), folder.File("second"));
        TinyRuns.Train(TinyRuns.Recipe(policy, workers: 2), folder.File("two workers"));
        TinyRuns.Train(TinyRuns.Recipe(policy, workers: 3), folder.File("three workers, small microbatches"), o => o.MicrobatchTokens = 20);

        TinyRuns.AssertSame(folder.File("first"), folder.File("second"));
        TinyRuns.AssertSame(folder.File("first"), folder.File("two workers"));
        TinyRuns.AssertSame(folder.File("first"), folder.File("three workers, small microbatches"));
    }

    [Fact]
    public void Another_seed_gives_other_weights()
    {
        using TemporaryFolder folder = new();
        TinyRuns.Train(TinyRuns.Recipe("objective: rloo"), folder.File("first"));
        TinyRuns.Train(TinyRuns.Recipe("objective: rloo", overrides: "seed=4"), folder.File("second"));

        Assert.NotEqual(TinyRuns.Weights(folder.File("first")), TinyRuns.Weights(folder.File("second")));
    }

    [Fact]
    public void Turns_with_observations_between_them_are_trained_on_the_bits_that_were_generated()
    {
        using TemporaryFolder folder = new();
        Recorder recorder = new();
        Train("first", workers: 1, recorder);
        Train("second", workers: 2, new Recorder());

        Assert.All(recorder.Policy, report => Assert.Equal(0, report["exactness/largest-mismatch"]));
        Assert.Contains(recorder.Policy.SelectMany(report => report.Rollouts!.Trajectories), trajectory => trajectory.Tree.Segments.Any(s => s.Origin == SegmentOrigin.Environment));
        TinyRuns.AssertSame(folder.File("first"), folder.File("second"));

        void Train(string name, int workers, Recorder observer) => TinyRuns.Train(
            TinyRuns.Recipe("objective: rloo", workers, overrides: ["policy.updates=1", "policy.epochs=1", "policy.response-tokens=24"]),
            folder.File(name),
            o => o.Environment = new Echo(),
            observer);
    }

    [Fact]
    public void A_policy_that_generates_with_its_own_distribution_trains_on_the_same_bits()
    {
        using TemporaryFolder folder = new();
        Recorder recorder = new();
        TinyRuns.Train(TinyRuns.Recipe("objective: cispo", overrides: ["policy.updates=1", "policy.epochs=1"]), folder.Path, observer: recorder);

        Assert.All(recorder.Policy, report =>
        {
            Assert.Equal(0, report["exactness/largest-mismatch"]);
            Assert.Equal((1, 1, 1), (report["ratio/mean"], report["ratio/largest"], report["ratio/smallest"]));
            Assert.Equal(0, report["policy/kl"]);
        });
    }

    /// <summary>Says back the last digits of a turn, whatever its text.</summary>
    private sealed class Echo : IEnvironment, IEpisode
    {
        public IEpisode Begin(TaskInstance instance) => this;

        public string? Step(string action) => action.Length % 3 == 2 ? null : $"{action.Length % 10},";
    }
}
