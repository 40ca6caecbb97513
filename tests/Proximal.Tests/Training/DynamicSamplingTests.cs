using Proximal.Recipes;
using Proximal.Rewards;
using Proximal.Rollouts;
using Proximal.Tasks;
using Proximal.Training;

namespace Proximal.Tests.Training;

/// <summary>Rounds of rollouts until enough groups are kept, and what is told of them.</summary>
public sealed class DynamicSamplingTests
{
    [Fact]
    public void Metrics_count_all_rollouts_and_tell_of_the_kept_ones_apart()
    {
        List<Trajectory> scored = [];
        StepReport[] steps = Train("selection: [ dynamic-sampling ]", t => Teaches(t) ? scored.Count % 2 : 0, scored);

        Assert.Equal(5, steps.Length);
        int at = 0;
        foreach (StepReport step in steps)
        {
            int rounds = (int)step["sampling/rounds"];
            Trajectory[] sampled = [.. scored.Skip(at).Take(rounds * 4 * 3)];
            at += sampled.Length;
            Trajectory[] kept = [.. step.Rollouts!.Trajectories];
            Assert.InRange(rounds, 2, 11);
            Assert.Equal(12, kept.Length);
            Assert.Equal(sampled.Average(t => (double)t.TotalReward), step["reward/mean"], 1e-12);
            Assert.Equal(sampled.Average(t => (double)t.ResponseTokens), step["response/tokens"], 1e-12);
            Assert.Equal(kept.Average(t => (double)t.TotalReward), step["kept/reward"], 1e-12);
            Assert.Equal(kept.Average(t => (double)t.ResponseTokens), step["kept/response-tokens"], 1e-12);
            Assert.True(step["kept/reward"] > step["reward/mean"]);

            int groups = sampled.Length / 3, teaching = sampled.Count(Teaches) / 3;
            Assert.Equal(groups, step["groups/sampled"]);
            Assert.Equal((groups - teaching) / (double)groups, step["groups/dropped"], 1e-12);
            Assert.Equal((teaching - 4) / (double)groups, step["groups/surplus"], 1e-12);
            Assert.Equal((groups - teaching) / (double)groups, step["groups/zero-variance"], 1e-12);
        }
    }

    [Fact]
    public void A_group_is_kept_when_every_filter_keeps_it()
    {
        // One filter looks at the verifier's scores, which differ for some problems; the other at rewards, which differ for some others.
        const string Two = "selection: [ dynamic-sampling, { name: dynamic-sampling, use-rewards: true, maximum-rounds: 9 } ]";
        List<Trajectory> scored = [];
        StepReport[] steps = Train(Two, t => Number(t) % 3 == 0 ? scored.Count % 2 : 0, scored);

        Assert.All(steps, step => Assert.InRange(step["sampling/rounds"], 1, 9));
        Trajectory[] kept = [.. steps.SelectMany(step => step.Rollouts!.Trajectories)];
        Assert.NotEmpty(kept);
        Assert.All(kept, trajectory => Assert.True(Number(trajectory) % 6 == 0, trajectory.Instance.Prompt));
    }

    [Fact]
    public void A_step_that_keeps_nothing_takes_all_rounds_and_has_no_metrics_of_kept_rollouts()
    {
        StepReport[] steps = Train("selection: [ { name: dynamic-sampling, use-rewards: true, maximum-rounds: 3 } ]", _ => 1, []);
        Assert.All(steps, step =>
        {
            Assert.Equal((3, 12, 1, 0), (step["sampling/rounds"], step["groups/sampled"], step["groups/dropped"], step["gradient/norm"]));
            Assert.DoesNotContain(step.Metrics, metric => metric.Name.StartsWith("kept/", StringComparison.Ordinal));
        });
    }

    [Fact]
    public void The_source_of_prompts_sees_every_round()
    {
        using TemporaryFolder folder = new();
        Curious prompts = new(Numbers());
        Recorder recorder = new();
        Recipe recipe = TinyRuns.Recipe("objective: dapo\n  shaping: []\n  selection: [ dynamic-sampling ]") with { Supervised = null };
        TinyRuns.Train(recipe, folder.Path, o => (o.Task, o.Prompts) = (Numbers(), prompts), recorder);

        Assert.Equal(recorder.Steps.Sum(step => step["sampling/rounds"]), prompts.Observed);
        Assert.True(prompts.Observed > recorder.Steps.Count);
    }

    private static int Number(Trajectory trajectory) => int.Parse(trajectory.Instance.Prompt, System.Globalization.CultureInfo.InvariantCulture);

    private static bool Teaches(Trajectory trajectory) => Number(trajectory) % 2 == 0;

    /// <summary>Numbers without end; the scores of the rollouts of an even one differ by the length of the response, or by chance of its text.</summary>
    private static DelegateTask Numbers()
    {
        int verified = 0;
        return new DelegateTask("numbers", "0123456789", index => ($"{index % 1000}", "1"), (instance, _) => int.Parse(instance.Prompt, System.Globalization.CultureInfo.InvariantCulture) % 2 == 0 ? verified++ % 2 : 0);
    }

    private static StepReport[] Train(string selection, Func<Trajectory, float> reward, List<Trajectory> scored)
    {
        using TemporaryFolder folder = new();
        Recorder recorder = new();
        Recipe recipe = TinyRuns.Recipe($"objective: dapo\n  shaping: []\n  {selection}", overrides: "evaluation.every=0") with { Supervised = null };
        WeightedReward[] rewards = [new("mine", 1, new DelegateReward(Score))];
        TinyRuns.Train(recipe, folder.Path, o => (o.Task, o.Rewards) = (Numbers(), rewards), recorder);

        // Evaluations come before the first step and after the last one.
        scored.RemoveRange(0, 6);
        return [.. recorder.Steps];

        float Score(Trajectory trajectory)
        {
            scored.Add(trajectory);
            return reward(trajectory);
        }
    }

    /// <summary>Counts the rounds that it is told of.</summary>
    private sealed class Curious(ITask task) : IPromptSource
    {
        private readonly UniformPrompts prompts = new(task);

        public int Observed { get; private set; }

        public IReadOnlyList<TaskInstance> Next(ulong seed, int step, int round, int count) => prompts.Next(seed, step, round, count);

        public void Observe(RolloutBatch batch)
        {
            Assert.Equal(12, batch.Trajectories.Count);
            Observed++;
        }
    }
}
