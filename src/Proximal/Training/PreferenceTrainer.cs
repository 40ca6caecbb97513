using System.Diagnostics;
using Proximal.Rewards;
using Proximal.Rollouts;
using Proximal.Runs;
using Proximal.Tasks;
using Proximal.Tensors;
using Proximal.Tensors.Optimizers;
using Proximal.Tensors.Random;

namespace Proximal.Training;

/// <summary>Trains a reward model on preferences between responses of the policy, which stays as it is meanwhile.</summary>
internal sealed class PreferenceTrainer : IStageTrainer
{
    private const int PromptsTogether = 64;

    private PreferencePair[]? pairs;

    public required ulong Seed { get; init; }

    public required RewardModelOptions Options { get; init; }

    public required IRollouts Rollouts { get; init; }

    public required ITask Task { get; init; }

    public required RewardNetwork Network { get; init; }

    public required Optimizer Optimizer { get; init; }

    public required GradientClipping Clipping { get; init; }

    public int Steps => Options.Steps;

    public RolloutBatch? LastBatch => null;

    public IEnumerable<(string Name, Optimizer Optimizer)> Optimizers => [(RewardNetwork.Name, Optimizer)];

    public IEnumerable<(string Name, IReadOnlyList<Parameter> Parameters)> Networks => [];

    public IEnumerable<(string Name, IStateful Component)> Components => [];

    public StepReport Step(int step)
    {
        long start = Stopwatch.GetTimestamp();
        PreferencePair[] batch = Batch(pairs ??= [.. Collect()], step);
        Optimizer.ClearGradients();
        (double loss, double accuracy) = Network.Update(batch);
        Finite.Require(loss, "reward model", step, "loss");
        double norm = Finite.Require(Clipping.ByNorm(Options.GradientClip > 0 ? Options.GradientClip : double.PositiveInfinity), "reward model", step, "norm of the gradient");
        Optimizer.Step(Options.LearningRate);

        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return new StepReport(
            TrainingStage.Preferences,
            step + 1,
            Steps,
            [
                new Metric("loss/total", loss),
                new Metric("preferences/accuracy", accuracy),
                new Metric("preferences/agreement", batch.Average(pair => pair.Margin > 0 ? 1.0 : pair.Margin < 0 ? 0.0 : 0.5)),
                new Metric("gradient/norm", norm),
                new Metric("time/tokens-per-second", batch.Sum(pair => pair.Tree.TokenCount) / seconds),
                new Metric("time/step-seconds", seconds),
            ],
            null);
    }

    /// <summary>The pairs of a step: all pairs in a new random order in each pass over them.</summary>
    private PreferencePair[] Batch(PreferencePair[] all, int step)
    {
        PreferencePair[] batch = new PreferencePair[Options.Batch];
        long place = (long)step * batch.Length, pass = -1;
        int[] order = [];
        for (int i = 0; i < batch.Length; i++, place++)
        {
            if (place / all.Length != pass)
            {
                pass = place / all.Length;
                order = [.. Enumerable.Range(0, all.Length)];
                new RandomStream(Seed, RandomPurpose.Preferences, pass, prompt: 1, rollout: 3).Shuffle(order.AsSpan());
            }

            batch[i] = all[order[place % all.Length]];
        }

        return batch;
    }

    private IEnumerable<PreferencePair> Collect()
    {
        UniformPrompts prompts = new(Task, RandomPurpose.Preferences);
        RandomStream random = new(Seed, RandomPurpose.Preferences, 0, prompt: 0, rollout: 2);
        for (int first = 0; first < Options.Pairs; first += PromptsTogether)
        {
            IReadOnlyList<TaskInstance> problems = prompts.Next(Seed, first / PromptsTogether, 0, PromptsTogether);
            int count = Math.Min(PromptsTogether, Options.Pairs - first);
            RolloutBatch batch = Rollouts.Generate([.. problems.Take(count)], new RolloutRequest(2, Seed, RandomPurpose.Preferences, 0, first));
            for (int i = 0; i < count; i++)
            {
                Trajectory one = batch.Trajectories[2 * i], other = batch.Trajectories[(2 * i) + 1];
                double difference = one.Verdict.Score - other.Verdict.Score;
                bool prefersOne = difference == 0 ? random.Uniform(2 * (first + i)) < 0.5 : difference > 0;
                prefersOne ^= random.Uniform((2 * (first + i)) + 1) < Options.Noise;
                yield return prefersOne
                    ? new PreferencePair(one.Tree, one.Leaf, other.Leaf, difference)
                    : new PreferencePair(one.Tree, other.Leaf, one.Leaf, -difference);
            }
        }
    }
}
