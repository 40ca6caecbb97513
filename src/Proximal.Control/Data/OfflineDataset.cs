using Proximal.Control.Replay;
using Proximal.Control.Spaces;

namespace Proximal.Control.Data;

/// <summary>
/// Transitions that were collected before learning, in the order in which they happened, in flat arrays. A trajectory is a run of transitions up
/// to one that ends it: by termination, by a limit, or because recording stopped.
/// </summary>
public sealed class OfflineDataset
{
    private readonly float[] observations;
    private readonly float[] actions;
    private readonly float[] rewards;
    private readonly float[] nextObservations;
    private readonly bool[] terminated;
    private readonly bool[] ends;
    private readonly int[] starts;

    /// <summary>Takes over arrays, which must not be changed afterwards.</summary>
    /// <param name="observationSpace">Where observations come from.</param>
    /// <param name="actionSpace">Where actions come from.</param>
    /// <param name="observations">s [transitions, observation width].</param>
    /// <param name="actions">a [transitions, action width].</param>
    /// <param name="rewards">r [transitions].</param>
    /// <param name="nextObservations">s' [transitions, observation width].</param>
    /// <param name="terminated">Whether the process ended [transitions]: the value of s' is 0.</param>
    /// <param name="ends">Whether the trajectory ends here for whatever reason [transitions]; the last transition ends one in any case.</param>
    /// <exception cref="ArgumentException">There is no transition, a length is wrong, a number is not finite, or an action is not of its space.</exception>
    public OfflineDataset(
        Space observationSpace,
        Space actionSpace,
        float[] observations,
        float[] actions,
        float[] rewards,
        float[] nextObservations,
        bool[] terminated,
        bool[] ends)
    {
        ArgumentNullException.ThrowIfNull(observationSpace);
        ArgumentNullException.ThrowIfNull(actionSpace);
        ArgumentNullException.ThrowIfNull(rewards);
        ObservationSpace = observationSpace;
        ActionSpace = actionSpace;
        this.observations = Checked(observations, rewards.Length * observationSpace.Width, nameof(observations));
        this.actions = Checked(actions, rewards.Length * actionSpace.Width, nameof(actions));
        this.rewards = Checked(rewards, rewards.Length, nameof(rewards));
        this.nextObservations = Checked(nextObservations, observations.Length, nameof(nextObservations));
        this.terminated = Sized(terminated, rewards.Length, nameof(terminated));
        this.ends = Sized(ends, rewards.Length, nameof(ends));
        if (rewards.Length == 0)
        {
            throw new ArgumentException("A data set has at least one transition.", nameof(rewards));
        }

        ends[^1] = true;
        List<int> first = [0];
        for (int i = 0; i < rewards.Length; i++)
        {
            ends[i] |= terminated[i];
            if (ends[i] && i + 1 < rewards.Length)
            {
                first.Add(i + 1);
            }

            if (actionSpace is not BoxSpace && actionSpace.FindFault(Action(i)) is { } fault)
            {
                throw new ArgumentException($"The action of transition {i} is {fault}.", nameof(actions));
            }
        }

        starts = [.. first, rewards.Length];
    }

    /// <summary>Who acted where.</summary>
    public DatasetInformation Information { get; init; } = new();

    /// <summary>Where observations come from.</summary>
    public Space ObservationSpace { get; }

    /// <summary>Where actions come from.</summary>
    public Space ActionSpace { get; }

    /// <summary>Number of transitions.</summary>
    public int Count => rewards.Length;

    /// <summary>Number of trajectories.</summary>
    public int TrajectoryCount => starts.Length - 1;

    /// <summary>s [transitions, observation width].</summary>
    public ReadOnlySpan<float> Observations => observations;

    /// <summary>a [transitions, action width].</summary>
    public ReadOnlySpan<float> Actions => actions;

    /// <summary>r [transitions].</summary>
    public ReadOnlySpan<float> Rewards => rewards;

    /// <summary>s' [transitions, observation width].</summary>
    public ReadOnlySpan<float> NextObservations => nextObservations;

    /// <summary>Whether the process ended [transitions].</summary>
    public ReadOnlySpan<bool> Terminated => terminated;

    /// <summary>Whether the trajectory ends [transitions].</summary>
    public ReadOnlySpan<bool> Ends => ends;

    /// <summary>The transitions of a trajectory.</summary>
    public Range Trajectory(int index) => starts[index]..starts[index + 1];

    /// <summary>s of a transition [observation width].</summary>
    public ReadOnlySpan<float> Observation(int index) => observations.AsSpan(index * ObservationSpace.Width, ObservationSpace.Width);

    /// <summary>a of a transition [action width].</summary>
    public ReadOnlySpan<float> Action(int index) => actions.AsSpan(index * ActionSpace.Width, ActionSpace.Width);

    /// <summary>s' of a transition [observation width].</summary>
    public ReadOnlySpan<float> NextObservation(int index) => nextObservations.AsSpan(index * ObservationSpace.Width, ObservationSpace.Width);

    /// <summary>The return of every trajectory, without discount.</summary>
    public double[] Returns()
    {
        double[] returns = new double[TrajectoryCount];
        for (int i = 0; i < returns.Length; i++)
        {
            foreach (float reward in Rewards[Trajectory(i)])
            {
                returns[i] += reward;
            }
        }

        return returns;
    }

    /// <summary>The sum of rewards from every transition to the end of its trajectory, sum_{k>=t} gamma^(k-t) r_k [transitions].</summary>
    /// <param name="discount">gamma.</param>
    public float[] ReturnsToGo(double discount = 1)
    {
        float[] sums = new float[Count];
        double sum = 0;
        for (int i = Count - 1; i >= 0; i--)
        {
            sum = ends[i] ? rewards[i] : rewards[i] + (discount * sum);
            sums[i] = (float)sum;
        }

        return sums;
    }

    /// <summary>The trajectories with the largest returns, in their order.</summary>
    /// <param name="share">The share of trajectories to keep, in (0, 1]; at least one is kept.</param>
    /// <exception cref="ArgumentOutOfRangeException">The share is outside its range.</exception>
    public OfflineDataset Best(double share)
    {
        if (!(share is > 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(share), share, "The share must be in (0, 1].");
        }

        double[] returns = Returns();
        int[] order = [.. Enumerable.Range(0, returns.Length).OrderByDescending(i => returns[i]).Take(Math.Max(1, (int)Math.Round(share * returns.Length))).Order()];
        return Select(order);
    }

    /// <summary>A data set of some of the trajectories.</summary>
    /// <param name="trajectories">Their numbers, in the order of the new data set.</param>
    public OfflineDataset Select(ReadOnlySpan<int> trajectories)
    {
        List<float> s = [], a = [], r = [], next = [];
        List<bool> terminations = [], cuts = [];
        foreach (int index in trajectories)
        {
            (int start, int length) = Trajectory(index).GetOffsetAndLength(Count);
            int width = ObservationSpace.Width, actionWidth = ActionSpace.Width;
            s.AddRange(observations.AsSpan(start * width, length * width));
            a.AddRange(actions.AsSpan(start * actionWidth, length * actionWidth));
            r.AddRange(rewards.AsSpan(start, length));
            next.AddRange(nextObservations.AsSpan(start * width, length * width));
            terminations.AddRange(terminated.AsSpan(start, length));
            cuts.AddRange(ends.AsSpan(start, length));
        }

        return new OfflineDataset(ObservationSpace, ActionSpace, [.. s], [.. a], [.. r], [.. next], [.. terminations], [.. cuts]) { Information = Information };
    }

    /// <summary>A replay buffer that holds all transitions at their places.</summary>
    public ReplayBuffer ToReplayBuffer()
    {
        ReplayBuffer buffer = new(new ReplayLayout(ObservationSpace.Width, ActionSpace.Width), Count);
        for (int i = 0; i < Count; i++)
        {
            buffer.Add(Observation(i), Action(i), rewards[i], NextObservation(i), terminated[i] ? 0 : 1);
        }

        return buffer;
    }

    private static float[] Checked(float[] values, int length, string name)
    {
        Sized(values, length, name);
        int index = values.AsSpan().IndexOfAnyExceptInRange(float.MinValue, float.MaxValue);
        return index < 0 ? values : throw new ArgumentException($"{name} holds {values[index]} at position {index}, expected finite numbers.", name);
    }

    private static T[] Sized<T>(T[] values, int length, string name)
    {
        ArgumentNullException.ThrowIfNull(values, name);
        return values.Length == length ? values : throw new ArgumentException($"{name} has {values.Length} values, expected {length}.", name);
    }
}
