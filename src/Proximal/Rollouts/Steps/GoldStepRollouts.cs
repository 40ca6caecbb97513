using Proximal.Tasks;
using Proximal.Tensors.Random;

namespace Proximal.Rollouts.Steps;

/// <summary>Single turns of the policy from states of right episodes.</summary>
/// <param name="rollouts">Rolls out the policy.</param>
/// <param name="settings">Which states.</param>
internal sealed class GoldStepRollouts(ParallelRollouts rollouts, GoldStepCollection settings) : IRollouts, IMetricSource
{
    // Sums and numbers of rewards of the last step, by whether it is the last turn of its episode.
    private readonly double[] sums = new double[2];
    private readonly int[] counts = new int[2];

    /// <inheritdoc/>
    public IEnumerable<(string Name, double Value)> Metrics => [("steps/before-the-last", Mean(0)), ("steps/last", Mean(1))];

    /// <inheritdoc/>
    public RolloutBatch Generate(IReadOnlyList<TaskInstance> instances, RolloutRequest request)
    {
        ArgumentNullException.ThrowIfNull(instances);
        if (request.FirstPrompt == 0)
        {
            Array.Clear(sums);
            Array.Clear(counts);
        }

        List<ActiveRollout> active = [];
        List<bool> isLast = [];
        for (int prompt = 0; prompt < instances.Count; prompt++)
        {
            IReadOnlyList<string> turns = rollouts.RightTurns(instances[prompt]);
            RandomStream choice = new(request.Seed, RandomPurpose.Exploration, request.Step, request.FirstPrompt + prompt);
            int drawn = choice.Integer(0, turns.Count), first = settings.EveryStep ? 0 : drawn, end = settings.EveryStep ? turns.Count : drawn + 1;
            for (int state = first; state < end; state++)
            {
                List<ActiveRollout> group = rollouts.StartAfter(instances[prompt], turns, state, request, prompt, settings.EveryStep ? state : 0);
                active.AddRange(group);
                isLast.AddRange(Enumerable.Repeat(state == turns.Count - 1, group.Count));
            }
        }

        rollouts.Play(active, turns: 1);
        Trajectory[] steps = [.. active.Select(Judge)];
        for (int i = 0; i < steps.Length; i++)
        {
            sums[isLast[i] ? 1 : 0] += steps[i].Verdict.Score;
            counts[isLast[i] ? 1 : 0]++;
        }

        return rollouts.ToBatch(rollouts.Reward(steps));
    }

    /// <summary>The trajectory of a step, whose verdict is what its turn was worth.</summary>
    private Trajectory Judge(ActiveRollout rollout)
    {
        Trajectory trajectory = rollouts.Judge(rollout);
        if (trajectory.TurnRewards.Count == rollout.Turns.Count)
        {
            double worth = trajectory.TurnRewards[^1];
            return trajectory with { Verdict = Verdict.Of(worth >= 1, worth, trajectory.Verdict.NormalizedAnswer) with { Score = worth, FormatOk = trajectory.Verdict.FormatOk } };
        }

        // A turn that was cut at the budget is told to no environment.
        return rollout.Turns.Count == 1 && trajectory.TurnRewards.Count == 0 ? trajectory
            : trajectory.TurnRewards.Count == rollout.Turns.Count - 1 ? trajectory with { Verdict = Verdict.Unreadable("the turn was cut") }
            : throw new InvalidDataException("policy.collection is 'gold-steps', which needs an environment that gives every turn a reward of its own, unless episodes have one turn");
    }

    private double Mean(int kind) => counts[kind] == 0 ? 0 : sums[kind] / counts[kind];
}
